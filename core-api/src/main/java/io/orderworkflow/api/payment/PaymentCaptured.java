package io.orderworkflow.api.payment;

import io.orderworkflow.api.Money;
import io.orderworkflow.api.OrderId;
import io.orderworkflow.api.PaymentId;
import java.util.List;
import org.axonframework.serialization.Revision;

/**
 * The money is taken.
 *
 * @param paymentId the payment
 * @param orderId the order that is paid
 * @param amount how much
 * @param attempts the calls to the provider that it took, oldest first
 */
@Revision("1")
public record PaymentCaptured(PaymentId paymentId, OrderId orderId, Money amount, List<ProviderAttempt> attempts)
        implements PaymentEvent {}
