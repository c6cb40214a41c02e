package io.orderworkflow.platform.store;

import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.axonframework.eventhandling.DomainEventData;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.eventhandling.EventMessage;
import org.axonframework.eventhandling.GenericTrackedDomainEventMessage;
import org.axonframework.eventhandling.TrackedEventData;
import org.axonframework.eventhandling.TrackedEventMessage;
import org.axonframework.messaging.GenericMessage;
import org.axonframework.serialization.Serializer;
import org.jspecify.annotations.Nullable;

/**
 * Events that this process has stored and not yet read on. As they are at hand, their JSON is not read again: half of
 * all that is read. Whether they are in the store, and where, the store tells: what was rolled back is never taken.
 */
final class FreshEvents {

    /** What nobody takes is forgotten some time. */
    private static final int MOST = 5_000;

    private final Map<String, EventMessage<?>> events = new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, EventMessage<?>> eldest) {
            return size() > MOST;
        }
    };

    private final Serializer serializer;

    FreshEvents(Serializer serializer) {
        this.serializer = serializer;
    }

    synchronized void put(List<? extends EventMessage<?>> stored) {
        stored.stream().filter(this::isOfToday).forEach(event -> events.put(event.getIdentifier(), event));
    }

    /** Whether what is stored is what is at hand; what was recorded by an earlier version has to be brought up to date. */
    private boolean isOfToday(EventMessage<?> event) {
        return event.serializePayload(serializer, byte[].class)
                .getType()
                .equals(serializer.typeForClass(event.getPayloadType()));
    }

    /** The event that was read, if it is one of these. */
    Optional<TrackedEventMessage<?>> take(TrackedEventData<?> read) {
        EventMessage<?> event = remove(read.getEventIdentifier());
        return event instanceof DomainEventMessage<?> && read instanceof DomainEventData<?> domain
                ? Optional.of(new GenericTrackedDomainEventMessage<>(
                        read.trackingToken(),
                        domain.getType(),
                        domain.getAggregateIdentifier(),
                        domain.getSequenceNumber(),
                        // Without the JSON that the message remembers.
                        new GenericMessage<>(event.getIdentifier(), event.getPayload(), event.getMetaData()),
                        // As it is stored, which is to the millisecond; to read it would take longer than all the rest.
                        () -> event.getTimestamp().truncatedTo(ChronoUnit.MILLIS)))
                : Optional.empty();
    }

    private synchronized @Nullable EventMessage<?> remove(String identifier) {
        return events.remove(identifier);
    }
}
