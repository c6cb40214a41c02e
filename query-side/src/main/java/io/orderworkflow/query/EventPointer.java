package io.orderworkflow.query;

import java.util.OptionalLong;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.eventhandling.TrackedEventMessage;

/**
 * Where an event is to be found.
 *
 * @param position among all events
 * @param sequence its number within its aggregate
 * @param aggregateId that aggregate
 */
record EventPointer(long position, long sequence, String aggregateId) implements Comparable<EventPointer> {

    private static final String SEPARATOR = ":";

    /** Where the event of a message is to be found. */
    static EventPointer to(DomainEventMessage<?> event) {
        return new EventPointer(positionOf(event), event.getSequenceNumber(), event.getAggregateIdentifier());
    }

    private static long positionOf(DomainEventMessage<?> event) {
        OptionalLong position = event instanceof TrackedEventMessage<?> tracked
                ? tracked.trackingToken().position()
                : OptionalLong.empty();
        return position.orElseThrow(() -> new IllegalArgumentException("only events that are tracked have a position"));
    }

    /** Reads a pointer as {@link #within} writes it. */
    static EventPointer parse(String text, String ownAggregateId) {
        String[] parts = text.split(SEPARATOR, 3);
        return new EventPointer(
                Long.parseLong(parts[0]), Long.parseLong(parts[1]), parts.length == 3 ? parts[2] : ownAggregateId);
    }

    /** Writes the pointer, short for an aggregate that goes without saying. */
    String within(String ownAggregateId) {
        String pointer = position + SEPARATOR + sequence;
        return aggregateId.equals(ownAggregateId) ? pointer : pointer + SEPARATOR + aggregateId;
    }

    @Override
    public int compareTo(EventPointer other) {
        return Long.compare(position, other.position);
    }
}
