package io.orderworkflow.api.order;

import io.orderworkflow.api.OrderId;
import org.axonframework.modelling.command.TargetAggregateIdentifier;

/**
 * Says that stock and money are secured, so that the order stands. Sent by the saga. Answered by
 * {@link OrderConfirmed}; repeating it has no effect, nor has it on an order that is settled otherwise.
 *
 * @param orderId the order
 */
public record ConfirmOrder(@TargetAggregateIdentifier OrderId orderId) implements OrderCommand {}
