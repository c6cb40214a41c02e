package io.orderworkflow.api.order;

import io.orderworkflow.api.OrderId;
import org.axonframework.modelling.command.TargetAggregateIdentifier;

/**
 * Says that the order cannot be fulfilled. Sent by the saga. Answered by {@link OrderRejected}; repeating it has no
 * effect, nor has it on an order that is settled otherwise.
 *
 * @param orderId the order
 * @param reason why
 */
public record RejectOrder(@TargetAggregateIdentifier OrderId orderId, RejectionReason reason) implements OrderCommand {}
