package io.orderworkflow.console;

import static io.orderworkflow.console.SampleOrders.PLACED_AT;
import static io.orderworkflow.console.SampleOrders.order;
import static org.assertj.core.api.Assertions.assertThat;

import io.orderworkflow.api.order.OrderStatus;
import io.orderworkflow.api.order.OrderView;
import io.orderworkflow.api.payment.PaymentStatus;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class OrderActionsTest {

    @ParameterizedTest
    @CsvSource({
        "PLACED, true, false, false, false",
        "RESERVED, true, false, false, false",
        "CONFIRMED, true, true, false, true",
        "SHIPPED, false, false, true, true",
        "DELIVERED, false, false, false, true",
        "REJECTED, false, false, false, false",
        "CANCELLED, false, false, false, false"
    })
    void areThoseThatAnOrderIsReadyFor(
            OrderStatus status, boolean cancel, boolean ship, boolean deliver, boolean refund) {
        assertThat(OrderActions.on(order(1, status))).isEqualTo(new OrderActions(cancel, ship, deliver, refund));
    }

    @Test
    void areNoneOnceItsCancellationIsUnderWay() {
        OrderView.Cancellation asked = new OrderView.Cancellation(PLACED_AT, "ordered twice");

        assertThat(OrderActions.on(with(order(1, OrderStatus.CONFIRMED), PaymentStatus.CAPTURED, asked)))
                .isEqualTo(new OrderActions(false, false, false, false));
    }

    @ParameterizedTest
    @EnumSource(PaymentStatus.class)
    void giveBackOnlyWhatWasTaken(PaymentStatus status) {
        assertThat(OrderActions.on(with(order(1, OrderStatus.CONFIRMED), status, null))
                        .refund())
                .isEqualTo(status == PaymentStatus.CAPTURED || status == PaymentStatus.PARTIALLY_REFUNDED);
    }

    private static OrderView with(
            OrderView order, PaymentStatus status, OrderView.@Nullable Cancellation cancellation) {
        return new OrderView(
                order.orderId(),
                order.customerId(),
                order.status(),
                null,
                order.lines(),
                order.total(),
                new OrderView.Payment(Objects.requireNonNull(order.payment()).paymentId(), status),
                null,
                cancellation,
                null,
                order.placedAt(),
                order.settledAt(),
                order.version());
    }
}
