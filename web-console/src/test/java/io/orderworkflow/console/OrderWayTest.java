package io.orderworkflow.console;

import static io.orderworkflow.api.Amounts.eur;
import static io.orderworkflow.console.SampleHistory.entry;
import static io.orderworkflow.console.SampleOrders.order;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.orderworkflow.api.Sku;
import io.orderworkflow.api.order.OrderLine;
import io.orderworkflow.api.order.OrderStatus;
import io.orderworkflow.api.order.OrderTimeline.Entry;
import io.orderworkflow.api.order.OrderView;
import io.orderworkflow.console.OrderWay.Station;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class OrderWayTest {

    private static final Entry PLACED = of(1, "OrderPlaced", Map.of());
    private static final Entry FIRST_RESERVED = of(2, "StockReserved", Map.of("sku", "CUP-WHITE"));
    private static final Entry OTHER_RESERVED = of(4, "StockReserved", Map.of("sku", "POT"));

    @Test
    void hasSetTheStockAsideWithTheLastOfItsProducts() {
        OrderView order = ofTwoProducts(OrderStatus.PLACED);

        assertThat(OrderWay.of(order, List.of(PLACED, FIRST_RESERVED), List.of()))
                .extracting(Station::name, Station::state)
                .startsWith(tuple("Placed", "done"), tuple("Stock set aside", "current"));
        assertThat(OrderWay.of(order, List.of(PLACED, FIRST_RESERVED, OTHER_RESERVED), List.of()))
                .extracting(Station::name, Station::state, Station::took)
                .startsWith(
                        tuple("Placed", "done", null),
                        tuple("Stock set aside", "done", Duration.ofMillis(300)),
                        tuple("Payment authorised", "current", null));
    }

    @Test
    void endsWhereItWasRejected() {
        List<Entry> entries =
                List.of(PLACED, FIRST_RESERVED, of(3, "PaymentDeclined", Map.of()), of(5, "OrderRejected", Map.of()));

        assertThat(OrderWay.of(order(1, OrderStatus.REJECTED), entries, List.of()))
                .extracting(Station::name, Station::state)
                .containsExactly(
                        tuple("Placed", "done"),
                        tuple("Stock set aside", "done"),
                        tuple("Payment authorised", "failed"),
                        tuple("Rejected", "failed"));
    }

    private static OrderView ofTwoProducts(OrderStatus status) {
        OrderView order = order(1, status);
        return new OrderView(
                order.orderId(),
                order.customerId(),
                status,
                null,
                List.of(order.lines().get(0), new OrderLine(new Sku("POT"), "Pot", 1, eur("20.00"))),
                order.total(),
                null,
                null,
                null,
                null,
                order.placedAt(),
                null,
                1);
    }

    private static Entry of(int number, String type, Map<String, Object> payload) {
        return entry(number, type, "Order", "order", number, "command-" + number, "in words", payload);
    }
}
