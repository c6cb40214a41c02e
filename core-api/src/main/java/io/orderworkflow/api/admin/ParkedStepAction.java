package io.orderworkflow.api.admin;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What an operator did about a parked step. It is kept after the step is gone.
 *
 * @param process which of the order's processes
 * @param kind what was done
 * @param at when
 * @param userId by whom
 * @param correlationId the request by which
 * @param cause what the step had failed with
 * @param message what was known of that failure
 * @param events the logical names of the events concerned: the one to be tried again, or those discarded
 * @param reason why, in the operator's words; {@code null} for what needs no reason
 */
public record ParkedStepAction(
        String process,
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
        /** Its event is left out, and those behind it are handled. */
        DISCARD,
        /** Its event and all behind it are left out. */
        DISCARD_ALL
    }
}
