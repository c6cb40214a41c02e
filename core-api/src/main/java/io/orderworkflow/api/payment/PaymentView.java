package io.orderworkflow.api.payment;

import io.orderworkflow.api.Money;
import io.orderworkflow.api.OrderId;
import io.orderworkflow.api.PaymentId;
import io.orderworkflow.api.RefundId;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A payment as a reader sees it.
 *
 * @param paymentId the payment
 * @param orderId the order that is paid
 * @param status where it stands
 * @param statusReason the provider's reason, where it refused something
 * @param amount how much is to be paid
 * @param refunded how much of it was given back, {@code null} if none
 * @param refunds what was asked to be given back, and what became of it, oldest first
 * @param method what kind of payment it is
 * @param providerReference the provider's own identifier, once there is one
 * @param attempts the calls to the provider so far, oldest first
 * @param requestedAt when it was asked for
 * @param version grows with every change of this view
 */
public record PaymentView(
        PaymentId paymentId,
        OrderId orderId,
        PaymentStatus status,
        @Nullable ProviderRefusal statusReason,
        Money amount,
        @Nullable Money refunded,
        List<Refund> refunds,
        String method,
        @Nullable String providerReference,
        List<ProviderAttempt> attempts,
        Instant requestedAt,
        long version) {

    /** Creates the view. */
    public PaymentView {
        refunds = List.copyOf(refunds);
        attempts = List.copyOf(attempts);
    }

    /**
     * A part of the taken money that is to be given back, or all of it.
     *
     * @param refundId the refund; the order's identifier for what is given back because the order failed or is cancelled
     * @param amount how much; {@code null} where that is not known, as it was refused before the provider was asked, or
     *     belongs to a cancellation
     * @param status where it stands
     * @param reason why it was refused the last time, until the money is given back
     * @param attempts the calls to the provider so far, oldest first
     */
    public record Refund(
            RefundId refundId,
            @Nullable Money amount,
            RefundStatus status,
            @Nullable ProviderRefusal reason,
            List<ProviderAttempt> attempts) {

        /** Creates the view. */
        public Refund {
            attempts = List.copyOf(attempts);
        }
    }

    /** Where a refund stands. */
    public enum RefundStatus {
        /** The provider was asked to give the money back. */
        REQUESTED,
        /** The money was given back. */
        REFUNDED,
        /** The provider refused it; the money was not given back, and has to be asked for again. */
        FAILED
    }
}
