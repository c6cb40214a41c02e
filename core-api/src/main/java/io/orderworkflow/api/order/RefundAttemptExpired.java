package io.orderworkflow.api.order;

import io.orderworkflow.api.OrderId;
import io.orderworkflow.api.RefundId;
import org.axonframework.serialization.Revision;

/**
 * What a refund needs was not done in time; it is asked for again.
 *
 * @param orderId the order
 * @param refundId the refund
 * @param attempt how often it had been asked for by then, from 1
 */
@Revision("1")
public record RefundAttemptExpired(OrderId orderId, RefundId refundId, int attempt) implements OrderEvent {}
