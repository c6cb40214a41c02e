package io.orderworkflow.api.payment;

import io.orderworkflow.api.Money;
import io.orderworkflow.api.OrderId;
import io.orderworkflow.api.PaymentId;
import org.axonframework.serialization.Revision;

/**
 * The provider is to be asked to undo whatever it did for this payment.
 *
 * @param paymentId the payment
 * @param orderId the order that is paid
 * @param amount how much may be held or taken
 */
@Revision("1")
public record VoidRequested(PaymentId paymentId, OrderId orderId, Money amount) implements PaymentEvent {}
