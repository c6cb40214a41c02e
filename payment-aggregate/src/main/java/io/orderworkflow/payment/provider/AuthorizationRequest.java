package io.orderworkflow.payment.provider;

import io.orderworkflow.api.Money;
import io.orderworkflow.api.OrderId;
import io.orderworkflow.api.PaymentId;

/**
 * Asks a payment provider to hold money.
 *
 * @param idempotencyKey the same whenever this is asked again
 * @param paymentId the payment, under which the later requests are sent
 * @param orderId the order that is paid, for the customer's statement
 * @param amount how much to hold; not negative
 * @param method what kind of payment it is, such as {@code card}
 * @param token the provider's stand-in for the means of payment
 */
public record AuthorizationRequest(
        String idempotencyKey, PaymentId paymentId, OrderId orderId, Money amount, String method, String token) {}
