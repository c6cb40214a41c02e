package io.orderworkflow.api.payment;

import io.orderworkflow.api.PaymentId;

/** What can be asked of a payment. */
public sealed interface PaymentCommand
        permits AuthorizePayment,
                CapturePayment,
                RecordAuthorization,
                RecordCapture,
                RecordRefund,
                RecordVoid,
                RefundPayment,
                VoidPayment {

    /** The payment asked. */
    PaymentId paymentId();
}
