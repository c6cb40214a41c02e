package io.orderworkflow.api.order;

import io.orderworkflow.api.OrderId;
import org.axonframework.serialization.Revision;

/**
 * A step of the order's way was not answered in time.
 *
 * @param orderId the order
 * @param step the step that was waited in
 * @param attempt how often the step had been asked by then, from 1
 */
@Revision("1")
public record OrderStepExpired(OrderId orderId, OrderStep step, int attempt) implements OrderEvent {}
