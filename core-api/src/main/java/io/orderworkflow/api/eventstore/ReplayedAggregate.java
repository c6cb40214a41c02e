package io.orderworkflow.api.eventstore;

import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * What an aggregate was like at a moment of the past.
 *
 * @param aggregateType the logical name of its type
 * @param aggregateId the aggregate
 * @param at when the last event that is in its state happened
 * @param sequence that event's number within the aggregate, from 0
 * @param state what its own handlers made of the events; with the {@code status} of an order or a payment
 * @param events its events up to then, oldest first, with their contents as they are read today; at most {@link
 *     #MAX_EVENTS} of them
 * @param moreEvents whether there are more than these
 */
public record ReplayedAggregate(
        String aggregateType,
        String aggregateId,
        Instant at,
        long sequence,
        Map<String, Object> state,
        List<StoredEvent> events,
        boolean moreEvents) {

    /** The most events that are told along. */
    public static final int MAX_EVENTS = 1_000;

    /** Creates the answer. */
    public ReplayedAggregate {
        events = List.copyOf(events);
    }
}
