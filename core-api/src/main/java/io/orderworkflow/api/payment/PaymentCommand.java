package io.orderworkflow.api.payment;

import io.orderworkflow.api.PaymentId;

/** What can be asked of a payment. */
public sealed interface PaymentCommand
        permits AuthorizePayment, CapturePayment, RecordAuthorization, RecordCapture, RecordVoid, VoidPayment {

    /** The payment asked. */
    PaymentId paymentId();
}
