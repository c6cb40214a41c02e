package io.orderworkflow.api.order;

import io.orderworkflow.api.OrderId;
import java.util.Set;

/**
 * Asks for some orders; answered by {@link OrdersById}.
 *
 * @param orderIds the orders
 */
public record FindOrdersById(Set<OrderId> orderIds) {}
