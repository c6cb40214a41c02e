package io.orderworkflow.api.order;

import io.orderworkflow.api.OrderId;
import org.axonframework.serialization.Revision;

/**
 * A person wants the step that the order waits in to be asked again. It never moves the order on by itself.
 *
 * @param orderId the order
 */
@Revision("1")
public record OrderNudged(OrderId orderId) implements OrderEvent {}
