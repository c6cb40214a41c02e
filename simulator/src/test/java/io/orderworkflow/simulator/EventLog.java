package io.orderworkflow.simulator;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.eventhandling.EventMessage;
import org.axonframework.eventhandling.TrackedEventMessage;
import org.axonframework.eventhandling.TrackingToken;
import org.axonframework.eventsourcing.eventstore.DomainEventStream;
import org.axonframework.eventsourcing.eventstore.EventStorageEngine;
import org.jspecify.annotations.Nullable;

/** All events, in memory. */
final class EventLog implements EventStorageEngine {

    private final List<DomainEventMessage<?>> all = new ArrayList<>();
    private final Map<String, List<DomainEventMessage<?>>> byAggregate = new HashMap<>();
    private boolean refusing;

    void clear() {
        all.clear();
        byAggregate.clear();
        refusing = false;
    }

    int size() {
        return all.size();
    }

    DomainEventMessage<?> at(int position) {
        return all.get(position);
    }

    List<DomainEventMessage<?>> all() {
        return all;
    }

    /** From now on, or no longer, nothing can be appended. */
    void refuse(boolean refuses) {
        refusing = refuses;
    }

    @Override
    public void appendEvents(List<? extends EventMessage<?>> events) {
        if (refusing) {
            throw new InjectedFault("the events could not be appended");
        }
        for (EventMessage<?> event : events) {
            DomainEventMessage<?> domainEvent = (DomainEventMessage<?>) event;
            List<DomainEventMessage<?>> stream =
                    byAggregate.computeIfAbsent(domainEvent.getAggregateIdentifier(), id -> new ArrayList<>());
            if (domainEvent.getSequenceNumber() != stream.size()) {
                throw new IllegalStateException("event " + domainEvent.getPayload() + " has the wrong sequence number");
            }
            stream.add(domainEvent);
            all.add(domainEvent);
        }
    }

    @Override
    public DomainEventStream readEvents(String aggregateIdentifier, long firstSequenceNumber) {
        List<DomainEventMessage<?>> stream = byAggregate.getOrDefault(aggregateIdentifier, List.of());
        return DomainEventStream.of(stream.subList((int) Math.min(firstSequenceNumber, stream.size()), stream.size()));
    }

    @Override
    public Stream<? extends TrackedEventMessage<?>> readEvents(@Nullable TrackingToken token, boolean mayBlock) {
        throw new UnsupportedOperationException("nobody tracks these events but the simulation");
    }

    @Override
    public void storeSnapshot(DomainEventMessage<?> snapshot) {
        throw new UnsupportedOperationException("nothing takes snapshots here");
    }

    @Override
    public Optional<DomainEventMessage<?>> readSnapshot(String aggregateIdentifier) {
        return Optional.empty();
    }
}
