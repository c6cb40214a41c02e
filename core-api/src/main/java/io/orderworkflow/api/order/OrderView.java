package io.orderworkflow.api.order;

import io.orderworkflow.api.CustomerId;
import io.orderworkflow.api.Money;
import io.orderworkflow.api.OrderId;
import io.orderworkflow.api.PaymentId;
import io.orderworkflow.api.payment.PaymentStatus;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An order as a reader sees it.
 *
 * @param orderId the order
 * @param customerId who ordered
 * @param status where it stands
 * @param statusReason why it was rejected; {@code null} for every other status
 * @param lines what was ordered
 * @param total the sum over the lines
 * @param payment the order's payment, {@code null} until it was asked for
 * @param shippingAddress where it goes
 * @param placedAt when it was accepted
 * @param settledAt when its way was over, {@code null} until then
 * @param version grows with every change of this view
 */
public record OrderView(
        OrderId orderId,
        CustomerId customerId,
        OrderStatus status,
        @Nullable RejectionReason statusReason,
        List<OrderLine> lines,
        Money total,
        @Nullable Payment payment,
        ShippingAddress shippingAddress,
        Instant placedAt,
        @Nullable Instant settledAt,
        long version) {

    /**
     * The payment of an order, in short.
     *
     * @param paymentId the payment
     * @param status where it stands
     */
    public record Payment(PaymentId paymentId, PaymentStatus status) {}
}
