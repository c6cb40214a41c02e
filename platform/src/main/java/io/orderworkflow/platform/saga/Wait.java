package io.orderworkflow.platform.saga;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What an open saga waits for.
 *
 * @param subject the identifier of what the saga leads to its end
 * @param step where it stands
 * @param awaited what it waits for, in words for a person
 * @param since since when it stands there
 * @param until when it acts by itself; {@code null} where it does not
 * @param attempts how often it has asked for it
 * @param forPerson whether it goes on only if a person does something
 * @param reason why it still waits, where somebody refused
 */
public record Wait(
        String subject,
        String step,
        String awaited,
        @Nullable Instant since,
        @Nullable Instant until,
        int attempts,
        boolean forPerson,
        @Nullable String reason) {}
