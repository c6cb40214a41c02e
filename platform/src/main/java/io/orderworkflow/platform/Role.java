package io.orderworkflow.platform;

/**
 * A part of the program that a process can run. {@code order-workflow.roles} lists those that it does run; all of them
 * by default. Without Axon Server one process runs all.
 */
public enum Role {
    /** Decides on orders. */
    ORDER,
    /** Decides on products and stock. */
    INVENTORY,
    /** Decides on payments and calls the payment provider. */
    PAYMENT,
    /** Leads orders through their steps. */
    SAGA,
    /** Keeps the read models and answers queries. */
    QUERY,
    /** Answers HTTP. */
    WEB
}
