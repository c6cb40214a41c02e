package io.orderworkflow.platform.eventlog;

import io.axoniq.axonserver.connector.event.EventChannel;
import io.axoniq.axonserver.connector.event.EventStream;
import io.axoniq.axonserver.grpc.event.EventWithToken;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import java.util.function.ToLongFunction;
import org.axonframework.eventsourcing.eventstore.EventStoreException;

/**
 * Where single events are among all of them. Axon Server does not tell of an event that is read with its aggregate; but
 * times nearly grow with positions, so it is looked for where the others of its time are.
 */
final class AxonServerPositions {

    /** How far around its time an event is looked for: at first, and then, as clocks of nodes may differ. */
    private static final long[] DISTANCES = {32, 2_048};

    private static final long PATIENCE_SECONDS = 10;

    private final EventChannel events;
    private final long head;

    /**
     * Creates the search.
     *
     * @param head the position behind the last event
     */
    AxonServerPositions(EventChannel events, long head) {
        this.events = events;
        this.head = head;
    }

    /** The position of an event; none if it is not where the events of its time are. */
    OptionalLong of(String aggregateId, long sequence, long timestamp) {
        long near = firstNotBefore(timestamp);
        for (long distance : DISTANCES) {
            long first = Math.max(0, near - distance);
            OptionalLong found = find(aggregateId, sequence, first, Math.min(head, near + distance));
            if (found.isPresent()) {
                return found;
            }
        }
        return OptionalLong.empty();
    }

    private long firstNotBefore(long timestamp) {
        long low = 0;
        long high = head;
        while (low < high) {
            long middle = (low + high) >>> 1;
            if (at(middle).getEvent().getTimestamp() < timestamp) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    private OptionalLong find(String aggregateId, long sequence, long first, long before) {
        if (first >= before) {
            return OptionalLong.empty();
        }
        try (EventStream stream = events.openStream(first - 1, (int) (before - first))) {
            for (long left = before - first; left > 0; left--) {
                EventWithToken event = next(stream, before - left);
                if (event.getEvent().getAggregateSequenceNumber() == sequence
                        && event.getEvent().getAggregateIdentifier().equals(aggregateId)) {
                    return OptionalLong.of(event.getToken());
                }
            }
        }
        return OptionalLong.empty();
    }

    /**
     * The first event of an aggregate behind a position, by bisection: its numbers and positions grow together.
     *
     * @param count how many events the aggregate has
     * @param timestamps of them, by number
     */
    long firstSequenceBehind(long position, String aggregateId, long count, ToLongFunction<Long> timestamps) {
        if (position < 0) {
            return 0;
        }
        if (position >= head - 1) {
            return count;
        }
        EventWithToken there = at(position);
        if (there.getEvent().getAggregateIdentifier().equals(aggregateId)) {
            return there.getEvent().getAggregateSequenceNumber() + 1;
        }
        long low = 0;
        long high = count;
        while (low < high) {
            long middle = (low + high) >>> 1;
            long timestamp = timestamps.applyAsLong(middle);
            OptionalLong found = of(aggregateId, middle, timestamp);
            if (found.isPresent()
                    ? found.getAsLong() > position
                    : timestamp > there.getEvent().getTimestamp()) {
                high = middle;
            } else {
                low = middle + 1;
            }
        }
        return low;
    }

    private EventWithToken at(long position) {
        // A stream begins behind the position that it is given.
        try (EventStream stream = events.openStream(position - 1, 1)) {
            return next(stream, position);
        }
    }

    private static EventWithToken next(EventStream stream, long position) {
        try {
            EventWithToken event = stream.nextIfAvailable(PATIENCE_SECONDS, TimeUnit.SECONDS);
            if (event == null) {
                throw new EventStoreException("Axon Server did not send the event at position " + position);
            }
            return event;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new EventStoreException("interrupted while reading events", e);
        }
    }
}
