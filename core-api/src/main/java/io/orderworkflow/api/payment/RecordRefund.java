package io.orderworkflow.api.payment;

import io.orderworkflow.api.PaymentId;
import io.orderworkflow.api.RefundId;
import java.util.List;
import org.axonframework.modelling.command.TargetAggregateIdentifier;
import org.jspecify.annotations.Nullable;

/**
 * Says how the provider answered a refund. Sent by the payment processor, possibly more than once. Answered by
 * {@link PaymentRefunded} or {@link PaymentRefundFailed}.
 *
 * @param paymentId the payment
 * @param refundId the refund
 * @param attempt which request of this refund is answered, from 1
 * @param refusal why it was refused; {@code null} if the money was given back
 * @param attempts the calls to the provider that it took, oldest first
 */
public record RecordRefund(
        @TargetAggregateIdentifier PaymentId paymentId,
        RefundId refundId,
        int attempt,
        @Nullable ProviderRefusal refusal,
        List<ProviderAttempt> attempts)
        implements PaymentCommand {}
