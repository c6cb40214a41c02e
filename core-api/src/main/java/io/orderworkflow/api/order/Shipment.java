package io.orderworkflow.api.order;

/**
 * How an order travels.
 *
 * @param carrier who carries it, 1 to 200 characters
 * @param trackingNumber what the carrier knows it by, 1 to 200 characters
 */
public record Shipment(String carrier, String trackingNumber) {}
