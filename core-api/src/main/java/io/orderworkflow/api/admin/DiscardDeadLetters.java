package io.orderworkflow.api.admin;

import org.axonframework.commandhandling.RoutingKey;

/**
 * An operator gives up what a processor could not handle of a sequence. The event is left out, and those behind it are
 * handled, or are left out as well: the read model then lacks what they tell, until it is rebuilt. Answered by how many
 * sequences these are; refused with {@code UNKNOWN} if there is none. Recorded with who asked and why.
 *
 * @param processor the processor
 * @param sequence the order's id, or the SKU
 * @param all whether the events behind are left out as well
 * @param reason why, in the operator's words; up to 200 characters
 */
public record DiscardDeadLetters(@RoutingKey String processor, String sequence, boolean all, String reason) {}
