package io.orderworkflow.api.payment;

import io.orderworkflow.api.OrderId;
import io.orderworkflow.api.PaymentId;
import org.axonframework.modelling.command.TargetAggregateIdentifier;

/**
 * Asks for the payment to be undone, however far it has come and even if its outcome is not known: held money is let
 * go, taken money given back. Sent by the saga. Answered by {@link VoidRequested} and, later, by {@link PaymentVoided};
 * at once by {@link PaymentVoided} if the provider was never asked or declined. Repeating it has no effect. An
 * {@link AuthorizePayment} that it overtook has no effect either.
 *
 * @param paymentId the payment
 * @param orderId the order that was to be paid
 */
public record VoidPayment(@TargetAggregateIdentifier PaymentId paymentId, OrderId orderId) implements PaymentCommand {}
