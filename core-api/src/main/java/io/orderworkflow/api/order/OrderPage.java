package io.orderworkflow.api.order;

import io.orderworkflow.api.Page;
import java.util.List;

/**
 * A page of orders.
 *
 * @param items the orders
 * @param page where the page stands
 */
public record OrderPage(List<OrderView> items, Page page) {}
