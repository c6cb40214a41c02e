package io.orderworkflow.api.cart;

/** What can be done with a cart. */
public enum CartStatus {
    /** It can be changed and checked out. */
    OPEN,
    /** It became an order. */
    CHECKED_OUT,
    /** It was not changed for too long. */
    EXPIRED
}
