package io.orderworkflow.api.order;

import io.orderworkflow.api.OrderId;
import org.axonframework.serialization.Revision;

/**
 * The order stands: its stock and its money are secured.
 *
 * @param orderId the order
 */
@Revision("1")
public record OrderConfirmed(OrderId orderId) implements OrderEvent {}
