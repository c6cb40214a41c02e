package io.orderworkflow.api.order;

import io.orderworkflow.api.OrderId;

/** What can be asked of an order. */
public sealed interface OrderCommand
        permits CancelOrder,
                ConfirmOrder,
                DeliverOrder,
                ExpireOrderStep,
                ExpireRefundAttempt,
                NudgeOrder,
                NudgeRefund,
                PlaceOrder,
                RejectOrder,
                RequestOrderCancellation,
                RequestRefund,
                ShipOrder {

    /** The order asked. */
    OrderId orderId();
}
