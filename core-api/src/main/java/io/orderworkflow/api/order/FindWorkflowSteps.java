package io.orderworkflow.api.order;

import io.orderworkflow.api.OrderId;

/**
 * Asks for every step that was taken on an order's way, and on those of its refunds; answered by
 * {@link WorkflowSteps}.
 *
 * @param orderId the order
 */
public record FindWorkflowSteps(OrderId orderId) {}
