package io.orderworkflow.api.order;

import io.orderworkflow.api.OrderId;
import io.orderworkflow.api.RefundId;
import org.axonframework.modelling.command.TargetAggregateIdentifier;

/**
 * Says that what a refund needs was not done in time. Sent by the durable deadline of the refund, possibly more than
 * once and possibly late: the order only records it, and the refund's saga ignores it if it has gone on since. Answered
 * by {@link RefundAttemptExpired}; by nothing for a refund that was never requested.
 *
 * @param orderId the order
 * @param refundId the refund
 * @param attempt how often it had been asked for by then, from 1: an attempt expires once
 */
public record ExpireRefundAttempt(@TargetAggregateIdentifier OrderId orderId, RefundId refundId, int attempt)
        implements OrderCommand {}
