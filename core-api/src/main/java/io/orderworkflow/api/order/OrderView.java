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
 * @param statusReason why it was rejected or cancelled; {@code null} for every other status
 * @param lines what was ordered
 * @param total the sum over the lines
 * @param payment the order's payment, {@code null} until it was asked for
 * @param shipment how it travels, {@code null} until it was handed to the carrier
 * @param cancellation that somebody asked for its cancellation, {@code null} until then
 * @param shippingAddress where it goes, {@code null} for an order of the time when that was not recorded
 * @param placedAt when it was accepted
 * @param settledAt when its way was over, {@code null} until then; for a confirmed order that was cancelled after all,
 *     when it was cancelled
 * @param version grows with every change of this view
 */
public record OrderView(
        OrderId orderId,
        CustomerId customerId,
        OrderStatus status,
        @Nullable StatusReason statusReason,
        List<OrderLine> lines,
        Money total,
        @Nullable Payment payment,
        @Nullable Shipment shipment,
        @Nullable Cancellation cancellation,
        @Nullable ShippingAddress shippingAddress,
        Instant placedAt,
        @Nullable Instant settledAt,
        long version) {

    /**
     * Why an order ended without being fulfilled.
     *
     * @param code the kind of reason, stable: one of {@link RejectionReason.Code}, or {@link #CANCELLED}
     * @param message the reason in plain words
     * @param shortages for {@code OUT_OF_STOCK}: what was short, else empty
     */
    public record StatusReason(String code, String message, List<RejectionReason.Shortage> shortages) {

        /** The code of what was cancelled because somebody asked for it; the message is what they said. */
        public static final String CANCELLED = "CANCELLED";

        /** Creates the reason. */
        public StatusReason {
            shortages = List.copyOf(shortages);
        }
    }

    /**
     * How an order travels.
     *
     * @param carrier who carries it
     * @param trackingNumber what the carrier knows it by
     * @param shippedAt when it was handed to the carrier
     * @param deliveredAt when the customer received it, {@code null} until then
     */
    public record Shipment(
            String carrier,
            String trackingNumber,
            Instant shippedAt,
            @Nullable Instant deliveredAt) {}

    /**
     * That an order is to be cancelled. It is being undone until its status says that it is cancelled.
     *
     * @param requestedAt when it was asked for
     * @param reason why
     */
    public record Cancellation(Instant requestedAt, String reason) {}

    /**
     * The payment of an order, in short.
     *
     * @param paymentId the payment
     * @param status where it stands
     */
    public record Payment(PaymentId paymentId, PaymentStatus status) {}
}
