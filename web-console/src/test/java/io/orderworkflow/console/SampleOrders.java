package io.orderworkflow.console;

import static io.orderworkflow.api.Amounts.eur;

import io.orderworkflow.api.CustomerId;
import io.orderworkflow.api.OrderId;
import io.orderworkflow.api.PaymentId;
import io.orderworkflow.api.Sku;
import io.orderworkflow.api.order.OrderLine;
import io.orderworkflow.api.order.OrderStatus;
import io.orderworkflow.api.order.OrderView;
import io.orderworkflow.api.payment.PaymentStatus;
import java.time.Instant;
import java.util.List;

/** Orders to show. */
final class SampleOrders {

    static final Instant PLACED_AT = Instant.parse("2026-11-21T18:43:53.120Z");

    private SampleOrders() {}

    static OrderId orderId(int number) {
        return OrderId.forIdempotencyKey("sample-" + number);
    }

    static OrderView order(int number, OrderStatus status) {
        OrderId orderId = orderId(number);
        return new OrderView(
                orderId,
                new CustomerId("customer-" + number),
                status,
                status == OrderStatus.REJECTED
                        ? new OrderView.StatusReason("PAYMENT_DECLINED", "the card was declined", List.of())
                        : null,
                List.of(new OrderLine(new Sku("CUP-WHITE"), "Espresso cup, white", 2, eur("9.90"))),
                eur("19.80"),
                new OrderView.Payment(PaymentId.forOrder(orderId), PaymentStatus.CAPTURED),
                null,
                null,
                null,
                PLACED_AT,
                status.isSettled() ? PLACED_AT.plusMillis(420) : null,
                3);
    }
}
