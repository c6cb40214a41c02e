package io.orderworkflow.api.payment;

import io.orderworkflow.api.OrderId;
import io.orderworkflow.api.PaymentId;
import io.orderworkflow.api.RefundId;
import java.util.List;
import org.axonframework.serialization.Revision;

/**
 * The provider refused to give money back, or less is left of the taken money than was asked for.
 *
 * @param paymentId the payment
 * @param orderId the order that was paid
 * @param refundId the refund; where the payment is being voided, the order's own identifier
 * @param refusal why
 * @param attempts the calls to the provider that it took, oldest first
 */
@Revision("1")
public record PaymentRefundFailed(
        PaymentId paymentId,
        OrderId orderId,
        RefundId refundId,
        ProviderRefusal refusal,
        List<ProviderAttempt> attempts)
        implements PaymentEvent {}
