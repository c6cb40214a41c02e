package io.orderworkflow.api.payment;

import io.orderworkflow.api.Money;
import io.orderworkflow.api.OrderId;
import io.orderworkflow.api.PaymentId;
import io.orderworkflow.api.RefundId;
import org.axonframework.serialization.Revision;

/**
 * The provider is to be asked to give money back.
 *
 * @param paymentId the payment
 * @param orderId the order that was paid
 * @param refundId the refund
 * @param amount how much
 * @param attempt how often this refund was asked for by now, from 1
 */
@Revision("1")
public record RefundRequested(PaymentId paymentId, OrderId orderId, RefundId refundId, Money amount, int attempt)
        implements PaymentEvent {}
