package io.orderworkflow.api.payment;

import io.orderworkflow.api.PaymentId;
import org.axonframework.modelling.command.TargetAggregateIdentifier;

/**
 * Asks for the held money to be taken. Sent by the saga. Answered by {@link CaptureRequested} and, later, by
 * {@link PaymentCaptured} or {@link PaymentCaptureFailed}. Repeating it has no effect, nor has it after
 * {@link VoidPayment}.
 *
 * @param paymentId the payment
 */
public record CapturePayment(@TargetAggregateIdentifier PaymentId paymentId) implements PaymentCommand {}
