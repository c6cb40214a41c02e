package io.orderworkflow.payment.provider;

import io.orderworkflow.api.Money;
import io.orderworkflow.api.PaymentId;

/**
 * Asks a payment provider to give back taken money.
 *
 * @param idempotencyKey the same whenever this is asked again, until it is refused
 * @param paymentId the payment whose money was taken
 * @param amount how much to give back: all that was taken, or a part of it
 */
public record RefundRequest(String idempotencyKey, PaymentId paymentId, Money amount) {}
