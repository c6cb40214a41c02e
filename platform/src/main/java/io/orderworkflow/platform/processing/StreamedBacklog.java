package io.orderworkflow.platform.processing;

import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.axonframework.common.stream.BlockingStream;
import org.axonframework.eventhandling.EventMessage;
import org.axonframework.eventhandling.GlobalSequenceTrackingToken;
import org.axonframework.eventhandling.TrackedEventMessage;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.jspecify.annotations.Nullable;

/** Events in Axon Server, where every position is one. */
final class StreamedBacklog implements Backlog {

    private static final int MILLIS_TO_ANSWER = 500;

    private final EventStore events;

    StreamedBacklog(EventStore events) {
        this.events = events;
    }

    @Override
    public long eventsAfter(long position, long head) {
        return Math.max(0, head - position);
    }

    @Override
    public Optional<Instant> firstAfter(long position) {
        @Nullable GlobalSequenceTrackingToken from = position < 0 ? null : new GlobalSequenceTrackingToken(position);
        try (BlockingStream<TrackedEventMessage<?>> stream = events.openStream(from)) {
            return stream.hasNextAvailable(MILLIS_TO_ANSWER, TimeUnit.MILLISECONDS)
                    ? stream.peek().map(EventMessage::getTimestamp)
                    : Optional.empty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }
}
