package io.orderworkflow.api.payment;

/** Where a payment stands. */
public enum PaymentStatus {
    /** The provider was asked to hold the money. */
    REQUESTED,
    /** The money is held. */
    AUTHORIZED,
    /** The money is taken. */
    CAPTURED,
    /** The provider refused to hold the money. */
    DECLINED,
    /** The provider refused to take the held money. */
    FAILED,
    /** Nothing is held or taken any more. */
    VOIDED,
    /** A part of the taken money was given back. */
    PARTIALLY_REFUNDED,
    /** All of the taken money was given back. */
    REFUNDED
}
