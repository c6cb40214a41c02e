package io.orderworkflow.api.payment;

import io.orderworkflow.api.PaymentId;
import java.util.List;
import org.axonframework.modelling.command.TargetAggregateIdentifier;
import org.jspecify.annotations.Nullable;

/**
 * Says how the provider answered a capture. Sent by the payment processor, possibly more than once and possibly
 * after {@link VoidPayment}: then money that was taken is asked to be given back. Answered by {@link PaymentCaptured},
 * {@link PaymentCaptureFailed} or {@link VoidRequested}.
 *
 * @param paymentId the payment
 * @param refusal why it was refused; {@code null} if the money was taken
 * @param attempts the calls to the provider that it took, oldest first
 */
public record RecordCapture(
        @TargetAggregateIdentifier PaymentId paymentId,
        @Nullable ProviderRefusal refusal,
        List<ProviderAttempt> attempts)
        implements PaymentCommand {}
