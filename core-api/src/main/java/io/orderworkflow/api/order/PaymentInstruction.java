package io.orderworkflow.api.order;

/**
 * How an order is to be paid.
 *
 * @param method what kind of payment it is, such as {@code card}; 1 to 64 characters
 * @param token the provider's stand-in for the means of payment, never the card's data itself; 1 to 200 characters
 */
public record PaymentInstruction(String method, String token) {}
