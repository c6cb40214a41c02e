package io.orderworkflow.rest;

import io.orderworkflow.api.OrderId;
import io.orderworkflow.api.order.OrderStatus;

/**
 * Says that an order was accepted, the same each time that it is asked for.
 *
 * @param orderId the order
 * @param status {@code PLACED}: what has become of it since is to be seen at its own address
 */
record OrderAccepted(OrderId orderId, OrderStatus status) {}
