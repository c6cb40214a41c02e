package io.orderworkflow.api;

/** What queries read: each is kept up to date on its own, some milliseconds behind the events. */
public enum ReadModel {
    /** Orders with their payments. */
    ORDERS,
    /** Products with their stock. */
    INVENTORY
}
