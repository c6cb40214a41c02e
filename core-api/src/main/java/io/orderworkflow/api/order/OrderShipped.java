package io.orderworkflow.api.order;

import io.orderworkflow.api.OrderId;
import org.axonframework.serialization.Revision;

/**
 * The order was handed to the carrier; it can no longer be cancelled.
 *
 * @param orderId the order
 * @param shipment how it travels
 */
@Revision("1")
public record OrderShipped(OrderId orderId, Shipment shipment) implements OrderEvent {}
