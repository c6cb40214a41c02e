package io.orderworkflow.api.order;

import io.orderworkflow.api.OrderId;
import org.jspecify.annotations.Nullable;

/**
 * Asks for the orders and refunds that have not come to their end; answered by a {@link WorkflowPage}, the one that has
 * waited longest first.
 *
 * @param orderId only those of this order; {@code null} for all
 * @param stuck only those that somebody should look at
 * @param page the page, counted from 0
 * @param size how many items a full page has
 */
public record FindWorkflows(@Nullable OrderId orderId, boolean stuck, int page, int size) {}
