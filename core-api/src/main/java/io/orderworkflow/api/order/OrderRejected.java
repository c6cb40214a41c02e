package io.orderworkflow.api.order;

import io.orderworkflow.api.OrderId;
import org.axonframework.serialization.Revision;

/**
 * The order ended without being fulfilled.
 *
 * @param orderId the order
 * @param reason why
 */
@Revision("1")
public record OrderRejected(OrderId orderId, RejectionReason reason) implements OrderEvent {}
