package io.orderworkflow.api.order;

import io.orderworkflow.api.OrderId;
import org.axonframework.serialization.Revision;

/**
 * The order ended because somebody asked for it; nothing of it is reserved, and nothing was kept of its money.
 *
 * @param orderId the order
 * @param reason why it was asked for
 */
@Revision("1")
public record OrderCancelled(OrderId orderId, String reason) implements OrderEvent {}
