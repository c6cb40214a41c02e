package io.orderworkflow.api.order;

import io.orderworkflow.api.OrderId;
import io.orderworkflow.api.RefundId;
import org.axonframework.serialization.Revision;

/**
 * A person wants what the refund waits for to be asked again. It is never done by that alone.
 *
 * @param orderId the order
 * @param refundId the refund
 */
@Revision("1")
public record RefundNudged(OrderId orderId, RefundId refundId) implements OrderEvent {}
