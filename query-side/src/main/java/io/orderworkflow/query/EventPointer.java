package io.orderworkflow.query;

import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.eventhandling.GlobalSequenceTrackingToken;
import org.axonframework.eventhandling.TrackedEventMessage;
import org.axonframework.eventhandling.TrackingToken;
import org.axonframework.eventhandling.WrappedToken;
import org.jspecify.annotations.Nullable;

/**
 * Which event it is, and where it is to be found.
 *
 * @param position among all events, where the token tells it exactly, as Axon Server's does. PostgreSQL's does not: an
 *     event that was committed behind a later one comes with the position of that one. There the store itself is asked
 * @param sequence its number within its aggregate
 * @param aggregateId that aggregate
 */
record EventPointer(@Nullable Long position, long sequence, String aggregateId) {

    private static final char SEPARATOR = ':';

    /** Where the event of a message is to be found. */
    static EventPointer to(DomainEventMessage<?> event) {
        return new EventPointer(positionOf(event), event.getSequenceNumber(), event.getAggregateIdentifier());
    }

    private static @Nullable Long positionOf(DomainEventMessage<?> event) {
        if (!(event instanceof TrackedEventMessage<?> tracked)) {
            return null;
        }
        TrackingToken token = WrappedToken.unwrapLowerBound(tracked.trackingToken());
        return token instanceof GlobalSequenceTrackingToken exact ? exact.getGlobalIndex() : null;
    }

    /** Writes the pointer, short for an aggregate that goes without saying; {@link OrderEvents} reads it. */
    String within(String ownAggregateId) {
        String pointer = (position == null ? "" : position) + String.valueOf(SEPARATOR) + sequence;
        return aggregateId.equals(ownAggregateId) ? pointer : pointer + SEPARATOR + aggregateId;
    }
}
