package io.orderworkflow.payment.provider;

import io.orderworkflow.api.Money;
import io.orderworkflow.api.PaymentId;

/**
 * Asks a payment provider to take held money.
 *
 * @param idempotencyKey the same whenever this is asked again
 * @param paymentId the payment whose money is held
 * @param amount how much to take: all that is held
 */
public record CaptureRequest(String idempotencyKey, PaymentId paymentId, Money amount) {}
