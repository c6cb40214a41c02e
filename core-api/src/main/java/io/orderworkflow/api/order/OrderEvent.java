package io.orderworkflow.api.order;

import io.orderworkflow.api.OrderId;

/** What can happen to an order. */
public sealed interface OrderEvent
        permits OrderCancellationRequested,
                OrderCancelled,
                OrderConfirmed,
                OrderDelivered,
                OrderNudged,
                OrderPlaced,
                OrderRefundRequested,
                OrderRejected,
                OrderShipped,
                OrderStepExpired,
                RefundAttemptExpired,
                RefundNudged {

    /** The order concerned. */
    OrderId orderId();
}
