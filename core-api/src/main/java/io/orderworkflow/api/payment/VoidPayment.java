package io.orderworkflow.api.payment;

import io.orderworkflow.api.OrderId;
import io.orderworkflow.api.PaymentId;
import org.axonframework.modelling.command.TargetAggregateIdentifier;

/**
 * Asks for the payment to be undone, however far it has come and even if its outcome is not known: held money is let
 * go, and of taken money what has not been given back yet. Sent by the saga. Answered by {@link VoidRequested} and,
 * later, by {@link PaymentVoided}, or by {@link PaymentRefundFailed} if the provider refuses it; at once by
 * {@link PaymentVoided} if the provider was never asked or declined. Repeating it has no effect while it is under way or
 * done; after a refusal it asks the provider again. An {@link AuthorizePayment} that it overtook has no effect either.
 *
 * @param paymentId the payment
 * @param orderId the order that was to be paid
 */
public record VoidPayment(@TargetAggregateIdentifier PaymentId paymentId, OrderId orderId) implements PaymentCommand {}
