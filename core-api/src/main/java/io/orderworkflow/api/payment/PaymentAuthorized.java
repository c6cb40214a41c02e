package io.orderworkflow.api.payment;

import io.orderworkflow.api.OrderId;
import io.orderworkflow.api.PaymentId;
import java.util.List;
import org.axonframework.serialization.Revision;

/**
 * The provider holds the money.
 *
 * @param paymentId the payment
 * @param orderId the order that is paid
 * @param providerReference the provider's own identifier of the payment
 * @param attempts the calls to the provider that it took, oldest first
 */
@Revision("1")
public record PaymentAuthorized(
        PaymentId paymentId, OrderId orderId, String providerReference, List<ProviderAttempt> attempts)
        implements PaymentEvent {}
