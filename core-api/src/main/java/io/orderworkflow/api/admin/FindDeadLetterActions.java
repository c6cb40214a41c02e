package io.orderworkflow.api.admin;

/**
 * Asks what operators did about a sequence of events that a read model's processor could not handle, also when it is
 * gone; answered by {@link DeadLetterActions}.
 *
 * @param processor the processor
 * @param sequence the order's id, or the SKU
 */
public record FindDeadLetterActions(String processor, String sequence) {}
