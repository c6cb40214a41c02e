package io.orderworkflow.api.payment;

import io.orderworkflow.api.Money;
import io.orderworkflow.api.OrderId;
import io.orderworkflow.api.PaymentId;
import org.axonframework.serialization.Revision;

/**
 * The provider is to be asked to hold money for an order.
 *
 * @param paymentId the payment
 * @param orderId the order that is paid
 * @param amount how much
 * @param method what kind of payment it is
 * @param token the provider's stand-in for the means of payment
 */
@Revision("1")
public record PaymentRequested(PaymentId paymentId, OrderId orderId, Money amount, String method, String token)
        implements PaymentEvent {}
