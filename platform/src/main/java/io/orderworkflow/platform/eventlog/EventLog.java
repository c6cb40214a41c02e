package io.orderworkflow.platform.eventlog;

import io.orderworkflow.api.eventstore.StoredEvent;
import java.time.Instant;
import java.util.List;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * All events as they were written, in the order of their positions. Positions only grow; some are never taken. An event
 * that is committed late may appear at a position before others that could be read already.
 */
public interface EventLog {

    /** The position before which nothing can appear any more. */
    long settled();

    /**
     * What there is, at the positions from one on and before another.
     *
     * @param limit after how many events to stop, roughly
     */
    Summary summary(long from, long before, int limit);

    /**
     * Events, in order.
     *
     * @param from first position
     * @param before the position to stop before
     * @param skip how many to leave out at the beginning
     * @param limit how many at most
     */
    List<StoredEvent> read(Filter filter, long from, long before, long skip, int limit);

    /** How many events there are at the positions from one on and before another. */
    long count(Filter filter, long from, long before);

    /** How many blocks of positions can be read through, to answer one request in time. */
    int blocksPerRequest();

    /** The number of the last event of an aggregate, if there is such an aggregate. */
    OptionalLong lastSequence(String aggregateId);

    /**
     * Events of one aggregate, in order.
     *
     * @param after only those behind this position
     * @param skip how many to leave out at the beginning
     * @param limit how many at most
     */
    List<StoredEvent> readAggregate(String aggregateId, Filter filter, @Nullable Long after, long skip, int limit);

    /** Where an event is that was read with its aggregate; none if that cannot be found out cheaply. */
    OptionalLong positionOf(StoredEvent event);

    /**
     * How many events of one aggregate there are.
     *
     * @param after only those behind this position
     * @param limit after how many to stop counting
     */
    long countAggregate(String aggregateId, Filter filter, @Nullable Long after, int limit);

    /**
     * Which events are meant.
     *
     * @param type their logical name; {@code null} for all
     * @param from when they happened, at the earliest; {@code null} without such a limit
     * @param to when they happened, at the latest; {@code null} without such a limit
     */
    record Filter(
            @Nullable String type,
            @Nullable Instant from,
            @Nullable Instant to) {

        /** All of them. */
        public static final Filter ALL = new Filter(null, null, null);

        boolean matches(StoredEvent event) {
            return matches(event.type(), event.at());
        }

        boolean matches(String eventType, Instant at) {
            return (type == null || type.equals(eventType))
                    && (from == null || !at.isBefore(from))
                    && (to == null || !at.isAfter(to));
        }
    }
}
