package io.orderworkflow.platform.saga;

import io.orderworkflow.api.admin.ParkedStepState;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A step of a saga that failed. The later events of its sequence wait behind it, in order.
 *
 * @param saga the type of the saga
 * @param sequence whose events wait, such as an order's
 * @param event the event that cannot be handled: its logical name
 * @param eventIdentifier that event's identifier
 * @param state whether it is tried again by itself
 * @param since when it failed first
 * @param failedAt when it failed last
 * @param attempts how often it was tried in all
 * @param cause the kind of failure, the same for all that fail for the same reason
 * @param message all that is known of the failure
 * @param nextTryAt when it is tried again by itself, if it is
 * @param waiting how many later events wait behind it
 */
public record ParkedStep(
        String saga,
        String sequence,
        String event,
        String eventIdentifier,
        ParkedStepState state,
        Instant since,
        Instant failedAt,
        int attempts,
        String cause,
        String message,
        @Nullable Instant nextTryAt,
        long waiting) {}
