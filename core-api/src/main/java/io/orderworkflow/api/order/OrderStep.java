package io.orderworkflow.api.order;

/** The steps of an order's way, in which the saga waits for somebody's answer. */
public enum OrderStep {
    /** Every SKU was asked to set its pieces aside. */
    RESERVATION,
    /** The payment was asked to be authorised. */
    AUTHORIZATION,
    /** The authorised money was asked to be taken. */
    CAPTURE,
    /** The money is taken; stock is being debited and the order confirmed. From here it goes forward only. */
    CONFIRMATION,
    /** The order failed, or is being cancelled; what was done for it is being undone. */
    COMPENSATION
}
