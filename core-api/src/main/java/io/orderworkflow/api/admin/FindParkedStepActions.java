package io.orderworkflow.api.admin;

/**
 * Asks what operators did about the parked steps of an order, also those that are gone; answered by
 * {@link ParkedStepActions}.
 *
 * @param orderId the order
 */
public record FindParkedStepActions(String orderId) {}
