package io.orderworkflow.api.payment;

import io.orderworkflow.api.Money;
import io.orderworkflow.api.OrderId;
import io.orderworkflow.api.PaymentId;
import org.axonframework.modelling.command.TargetAggregateIdentifier;

/**
 * Asks for money to be held for an order. Sent by the saga. Answered by {@link PaymentRequested} and, later, by
 * {@link PaymentAuthorized} or {@link PaymentDeclined}. Repeating it has no effect, nor has it after
 * {@link VoidPayment}.
 *
 * @param paymentId the payment, derived from the order
 * @param orderId the order that is paid
 * @param amount how much
 * @param method what kind of payment it is, such as {@code card}
 * @param token the provider's stand-in for the means of payment
 */
public record AuthorizePayment(
        @TargetAggregateIdentifier PaymentId paymentId, OrderId orderId, Money amount, String method, String token)
        implements PaymentCommand {}
