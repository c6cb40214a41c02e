package io.orderworkflow.platform.history;

import static io.orderworkflow.api.Amounts.eur;
import static org.assertj.core.api.Assertions.assertThat;

import io.orderworkflow.api.RecordedEvent;
import io.orderworkflow.api.order.OrderLine;
import io.orderworkflow.api.order.OrderPlaced;
import io.orderworkflow.api.order.ShippingAddress;
import org.junit.jupiter.api.Test;

class OrderPlacedRevisionsTest {

    @Test
    void readsBareAmountsAsEuros() {
        OrderPlaced placed = read("1", RecordedEvent.json("OrderPlaced.1"));

        assertThat(placed.total()).isEqualTo(eur("39.80"));
        assertThat(placed.lines()).extracting(OrderLine::unitPrice).containsExactly(eur("19.90"));
        assertThat(placed.shippingAddress()).isNull();
    }

    @Test
    void readsAmountsThatWereWrittenAsNumbers() {
        String json = RecordedEvent.json("OrderPlaced.1").replace("\"39.80\"", "39.80");

        assertThat(read("1", json).total()).isEqualTo(eur("39.80"));
    }

    @Test
    void knowsNoAddressOfTheTimeWhenNoneWasRecorded() {
        OrderPlaced placed = read("2", RecordedEvent.json("OrderPlaced.2"));

        assertThat(placed.total()).isEqualTo(eur("39.80"));
        assertThat(placed.shippingAddress()).isNull();
    }

    @Test
    void leavesWhatBuildsOfRevision1DidRecord() {
        String json = RecordedEvent.json("OrderPlaced.3").replace("\"EUR\"", "\"USD\"");

        OrderPlaced placed = read("1", json);

        assertThat(placed).isEqualTo(read("3", json));
        assertThat(placed.total().currency().getCurrencyCode()).isEqualTo("USD");
        assertThat(placed.shippingAddress()).isInstanceOf(ShippingAddress.class);
    }

    private static OrderPlaced read(String revision, String json) {
        return (OrderPlaced) RecordedEventsTest.read("OrderPlaced", revision, json);
    }
}
