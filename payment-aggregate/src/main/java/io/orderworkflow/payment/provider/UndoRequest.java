package io.orderworkflow.payment.provider;

import io.orderworkflow.api.PaymentId;

/**
 * Asks a payment provider to undo a payment.
 *
 * @param idempotencyKey the same whenever this is asked again, until it is refused
 * @param paymentId the payment
 */
public record UndoRequest(String idempotencyKey, PaymentId paymentId) {}
