package io.orderworkflow.platform.saga;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What an operator did about a parked step.
 *
 * @param saga the type of the saga
 * @param sequence whose step it was
 * @param kind what was done
 * @param at when
 * @param userId by whom
 * @param correlationId the request by which
 * @param cause what the step had failed with
 * @param message what was known of that failure
 * @param events the logical names of the events concerned: the one to be tried again, or those discarded
 * @param reason why, in the operator's words
 */
public record ParkedStepAction(
        String saga,
        String sequence,
        Kind kind,
        Instant at,
        String userId,
        String correlationId,
        String cause,
        String message,
        List<String> events,
        @Nullable String reason) {

    /** What can be done. */
    public enum Kind {
        /** The step is tried again. */
        RETRY,
        /** The event is left out, and those that waited behind it are handled. */
        DISCARD,
        /** The event and all that waited behind it are left out. */
        DISCARD_ALL
    }
}
