package io.orderworkflow.api.admin;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What an operator did about a parked sequence of events. It is kept after the sequence is gone.
 *
 * @param processor which processor could not handle it
 * @param kind what was done
 * @param at when
 * @param userId by whom
 * @param correlationId the request by which
 * @param cause what the event had failed with
 * @param message what was known of that failure
 * @param events the logical names of the events concerned: the one to be tried again, or those discarded
 * @param reason why, in the operator's words; {@code null} for what needs no reason
 */
public record DeadLetterAction(
        String processor,
        ParkedStepAction.Kind kind,
        Instant at,
        String userId,
        String correlationId,
        String cause,
        String message,
        List<String> events,
        @Nullable String reason) {}
