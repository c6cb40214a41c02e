package io.orderworkflow.api.payment;

import io.orderworkflow.api.Money;
import io.orderworkflow.api.OrderId;
import io.orderworkflow.api.PaymentId;
import io.orderworkflow.api.RefundId;
import java.util.List;
import org.axonframework.serialization.Revision;

/**
 * Money was given back.
 *
 * @param paymentId the payment
 * @param orderId the order that was paid
 * @param refundId the refund
 * @param amount how much; nothing if a void had given back everything before
 * @param totalRefunded how much of the payment was given back altogether
 * @param attempts the calls to the provider that it took, oldest first
 */
@Revision("1")
public record PaymentRefunded(
        PaymentId paymentId,
        OrderId orderId,
        RefundId refundId,
        Money amount,
        Money totalRefunded,
        List<ProviderAttempt> attempts)
        implements PaymentEvent {}
