package io.orderworkflow.api.payment;

import io.orderworkflow.api.PaymentId;
import java.util.List;
import org.axonframework.modelling.command.TargetAggregateIdentifier;
import org.jspecify.annotations.Nullable;

/**
 * Says how the provider answered an authorisation. Sent by the payment processor, possibly more than once and
 * possibly after {@link VoidPayment}: then an authorisation that was granted is asked to be undone. Answered by
 * {@link PaymentAuthorized}, {@link PaymentDeclined} or {@link VoidRequested}.
 *
 * @param paymentId the payment
 * @param providerReference the provider's own identifier of the payment; {@code null} if it was refused
 * @param refusal why it was refused; {@code null} if it was granted
 * @param attempts the calls to the provider that it took, oldest first
 */
public record RecordAuthorization(
        @TargetAggregateIdentifier PaymentId paymentId,
        @Nullable String providerReference,
        @Nullable ProviderRefusal refusal,
        List<ProviderAttempt> attempts)
        implements PaymentCommand {}
