package io.orderworkflow.api.payment;

import io.orderworkflow.api.Money;
import io.orderworkflow.api.OrderId;
import io.orderworkflow.api.PaymentId;
import org.axonframework.serialization.Revision;

/**
 * The provider is to be asked to take the held money.
 *
 * @param paymentId the payment
 * @param orderId the order that is paid
 * @param amount how much
 */
@Revision("1")
public record CaptureRequested(PaymentId paymentId, OrderId orderId, Money amount) implements PaymentEvent {}
