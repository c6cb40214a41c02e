package io.orderworkflow.api.payment;

import io.orderworkflow.api.OrderId;
import io.orderworkflow.api.PaymentId;

/** What can happen to a payment. */
public sealed interface PaymentEvent
        permits CaptureRequested,
                PaymentAuthorized,
                PaymentCaptureFailed,
                PaymentCaptured,
                PaymentDeclined,
                PaymentRefundFailed,
                PaymentRefunded,
                PaymentRequested,
                PaymentVoided,
                RefundRequested,
                VoidRequested {

    /** The payment concerned. */
    PaymentId paymentId();

    /** The order that is paid. */
    OrderId orderId();
}
