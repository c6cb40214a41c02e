package io.orderworkflow.api.admin;

import org.axonframework.commandhandling.RoutingKey;
import org.jspecify.annotations.Nullable;

/**
 * An operator has parked sequences of a processor tried again at once: one of them, or all that failed for one reason.
 * Answered by how many these are; refused with {@code UNKNOWN} if there are none. Recorded with who asked.
 *
 * @param processor the processor
 * @param sequence the order's id, or the SKU; {@code null} for any
 * @param cause the reason that they failed for; {@code null} for any
 */
public record RetryDeadLetters(
        @RoutingKey String processor,
        @Nullable String sequence,
        @Nullable String cause) {}
