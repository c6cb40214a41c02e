package io.orderworkflow.api.eventstore;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Asks what an aggregate was like at a moment of the past, told by its own handlers of events. Answered by a {@link
 * ReplayedAggregate}, if the aggregate existed then; by the part of the program that has these aggregates, for which it
 * is asked under the {@linkplain #queryName name} of their type.
 *
 * @param aggregateType the aggregate's type
 * @param aggregateId the aggregate, as its events name it
 * @param fromDate which events to tell along: those that happened then or later; {@code null} for all
 * @param at with all that had happened by then; {@code null} without such a limit
 * @param atSequence with the events up to and including this number; {@code null} without such a limit
 */
public record ReplayAggregate(
        AggregateType aggregateType,
        String aggregateId,
        @Nullable Instant fromDate,
        @Nullable Instant at,
        @Nullable Long atSequence) {

    /** Under which name the aggregates of a type are asked for. */
    public static String queryName(String aggregateType) {
        return ReplayAggregate.class.getName() + "." + aggregateType;
    }
}
