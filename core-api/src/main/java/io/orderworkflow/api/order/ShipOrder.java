package io.orderworkflow.api.order;

import io.orderworkflow.api.OrderId;
import org.axonframework.modelling.command.TargetAggregateIdentifier;

/**
 * Says that the order was handed to the carrier. Sent by the REST API. Answered by {@link OrderShipped}; repeating it
 * with the same shipment has no effect. Refused unless the order is confirmed and nobody has asked for its cancellation
 * ({@code ORDER_NOT_CONFIRMED}).
 *
 * @param orderId the order
 * @param shipment how it travels
 */
public record ShipOrder(@TargetAggregateIdentifier OrderId orderId, Shipment shipment) implements OrderCommand {}
