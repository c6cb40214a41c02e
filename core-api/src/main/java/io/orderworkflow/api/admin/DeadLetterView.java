package io.orderworkflow.api.admin;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A sequence of events that is parked because a read model's processor could not handle the first of them, with what was
 * done about it. The later ones wait behind it, in order.
 *
 * @param processor the processor
 * @param sequence what the events have in common: the order's id, or the SKU; for an event that cannot be read, its
 *     aggregate
 * @param event the event that could not be handled: its logical name
 * @param eventId that event's identifier
 * @param aggregateType what it is of; {@code null} if it is of no aggregate
 * @param aggregateId which one
 * @param aggregateSequence its number there
 * @param position its position in the stream of events; {@code null} if that is not known
 * @param state whether it is tried again by itself
 * @param since when it failed first
 * @param failedAt when it failed last
 * @param attempts how often it was tried
 * @param cause the kind of failure, the same for all that fail for the same reason: the name of an error
 * @param message all that is known of the failure
 * @param nextTryAt when it is tried again by itself; {@code null} where it is not
 * @param waitingEvents how many later events wait behind it
 * @param actions what operators did about the sequence, the latest first
 */
public record DeadLetterView(
        String processor,
        String sequence,
        String event,
        String eventId,
        @Nullable String aggregateType,
        @Nullable String aggregateId,
        @Nullable Long aggregateSequence,
        @Nullable Long position,
        ParkedStepState state,
        Instant since,
        Instant failedAt,
        int attempts,
        String cause,
        String message,
        @Nullable Instant nextTryAt,
        long waitingEvents,
        List<DeadLetterAction> actions) {}
