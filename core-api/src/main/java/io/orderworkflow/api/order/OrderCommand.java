package io.orderworkflow.api.order;

import io.orderworkflow.api.OrderId;

/** What can be asked of an order. */
public sealed interface OrderCommand permits ConfirmOrder, ExpireOrderStep, PlaceOrder, RejectOrder {

    /** The order asked. */
    OrderId orderId();
}
