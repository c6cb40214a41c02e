package io.orderworkflow.api.payment;

import io.orderworkflow.api.Money;
import io.orderworkflow.api.PaymentId;
import io.orderworkflow.api.RefundId;
import org.axonframework.modelling.command.TargetAggregateIdentifier;

/**
 * Asks for a part of the taken money, or all of it, to be given back. Sent by the saga. Answered by
 * {@link RefundRequested} and, later, by {@link PaymentRefunded} or {@link PaymentRefundFailed}; at once by
 * {@link PaymentRefundFailed} if less than that is left of the taken money, and by {@link PaymentRefunded} if a void has
 * given back all of it. Repeating it has no effect while it is under way or done; after a failure it asks the provider
 * again.
 *
 * @param paymentId the payment
 * @param refundId the refund
 * @param amount how much
 */
public record RefundPayment(@TargetAggregateIdentifier PaymentId paymentId, RefundId refundId, Money amount)
        implements PaymentCommand {}
