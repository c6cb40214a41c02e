package io.orderworkflow.api.payment;

import io.orderworkflow.api.PaymentId;

/**
 * Asks for one payment; answered by an optional {@link PaymentView}.
 *
 * @param paymentId the payment
 */
public record FindPayment(PaymentId paymentId) {}
