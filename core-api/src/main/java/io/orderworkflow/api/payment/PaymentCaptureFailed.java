package io.orderworkflow.api.payment;

import io.orderworkflow.api.OrderId;
import io.orderworkflow.api.PaymentId;
import java.util.List;
import org.axonframework.serialization.Revision;

/**
 * The provider refused to take the held money.
 *
 * @param paymentId the payment
 * @param orderId the order that is paid
 * @param refusal why
 * @param attempts the calls to the provider that it took, oldest first
 */
@Revision("1")
public record PaymentCaptureFailed(
        PaymentId paymentId, OrderId orderId, ProviderRefusal refusal, List<ProviderAttempt> attempts)
        implements PaymentEvent {}
