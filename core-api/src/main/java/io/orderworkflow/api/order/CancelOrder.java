package io.orderworkflow.api.order;

import io.orderworkflow.api.OrderId;
import org.axonframework.modelling.command.TargetAggregateIdentifier;

/**
 * Says that everything was undone that a cancelled order had caused. Sent by the saga. Answered by
 * {@link OrderCancelled}; repeating it has no effect, nor has it where nobody asked for the cancellation.
 *
 * @param orderId the order
 */
public record CancelOrder(@TargetAggregateIdentifier OrderId orderId) implements OrderCommand {}
