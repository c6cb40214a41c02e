package io.orderworkflow.api.payment;

/**
 * Why a provider refused what it was asked to do.
 *
 * @param code the provider's code, such as {@code insufficient_funds}
 * @param message the reason in plain words
 */
public record ProviderRefusal(String code, String message) {}
