package io.orderworkflow.api.order;

import io.orderworkflow.api.OrderId;

/** What can happen to an order. */
public sealed interface OrderEvent permits OrderConfirmed, OrderPlaced, OrderRejected, OrderStepExpired {

    /** The order concerned. */
    OrderId orderId();
}
