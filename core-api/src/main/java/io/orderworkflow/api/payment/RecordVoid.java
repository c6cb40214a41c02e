package io.orderworkflow.api.payment;

import io.orderworkflow.api.Money;
import io.orderworkflow.api.PaymentId;
import java.util.List;
import org.axonframework.modelling.command.TargetAggregateIdentifier;
import org.jspecify.annotations.Nullable;

/**
 * Says that the provider has undone the payment. Sent by the payment processor, possibly more than once. Answered by
 * {@link PaymentVoided}.
 *
 * @param paymentId the payment
 * @param refunded what was given back of money that had been taken already; {@code null} if none had been
 * @param attempts the calls to the provider that it took, oldest first
 */
public record RecordVoid(
        @TargetAggregateIdentifier PaymentId paymentId,
        @Nullable Money refunded,
        List<ProviderAttempt> attempts) implements PaymentCommand {}
