package io.orderworkflow.api.order;

import io.orderworkflow.api.OrderId;

/**
 * Asks what a cancellation of an order would do; answered by a {@link CancellationPlan}, if there is such an order.
 *
 * @param orderId the order
 */
public record FindCancellationPlan(OrderId orderId) {}
