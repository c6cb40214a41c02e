package io.orderworkflow.api.order;

import java.util.List;

/**
 * Some orders.
 *
 * @param items those that there are, in no particular order
 */
public record OrdersById(List<OrderView> items) {}
