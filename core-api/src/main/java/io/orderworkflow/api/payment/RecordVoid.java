package io.orderworkflow.api.payment;

import io.orderworkflow.api.Money;
import io.orderworkflow.api.PaymentId;
import java.util.List;
import org.axonframework.modelling.command.TargetAggregateIdentifier;
import org.jspecify.annotations.Nullable;

/**
 * Says how the provider answered a void. Sent by the payment processor, possibly more than once. Answered by
 * {@link PaymentVoided} or {@link PaymentRefundFailed}.
 *
 * @param paymentId the payment
 * @param refunded all that was given back of money that had been taken already, by earlier refunds too; {@code null}
 *     if none had been taken
 * @param refusal why it was refused; {@code null} if nothing is held or taken any more
 * @param attempts the calls to the provider that it took, oldest first
 */
public record RecordVoid(
        @TargetAggregateIdentifier PaymentId paymentId,
        @Nullable Money refunded,
        @Nullable ProviderRefusal refusal,
        List<ProviderAttempt> attempts)
        implements PaymentCommand {}
