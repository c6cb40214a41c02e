package io.orderworkflow.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.UUID;
import org.junit.jupiter.api.Test;

class IdentifiersTest {

    private static final UUID ID = UUID.fromString("0f0e0d0c-0b0a-0908-0706-050403020100");

    /** Axon finds aggregates and sagas by the text of an identifier. */
    @Test
    void areTheirBareValueAsText() {
        assertThat(new OrderId(ID)).hasToString(ID.toString());
        assertThat(new PaymentId(ID)).hasToString(ID.toString());
        assertThat(new CustomerId("customer-1")).hasToString("customer-1");
        assertThat(new Sku("SKU-1")).hasToString("SKU-1");
    }

    @Test
    void areEqualByValue() {
        assertThat(OrderId.of(ID.toString())).isEqualTo(new OrderId(ID));
        assertThat(PaymentId.of(ID.toString())).isEqualTo(new PaymentId(ID));
    }

    @Test
    void areDerivedSoThatARepeatFindsWhatWasBegun() {
        OrderId order = OrderId.forIdempotencyKey("key-1");

        assertThat(OrderId.forIdempotencyKey("key-1")).isEqualTo(order);
        assertThat(OrderId.forIdempotencyKey("key-2")).isNotEqualTo(order);
        assertThat(PaymentId.forOrder(order)).isEqualTo(PaymentId.forOrder(OrderId.forIdempotencyKey("key-1")));
        assertThat(PaymentId.forOrder(order).value()).isNotEqualTo(order.value());
    }
}
