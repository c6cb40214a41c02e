package io.orderworkflow.platform.store;

import io.orderworkflow.platform.messaging.GroupedStore;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.eventhandling.EventMessage;
import org.axonframework.eventhandling.TrackedEventData;
import org.axonframework.eventhandling.TrackingToken;
import org.axonframework.eventsourcing.eventstore.DomainEventStream;
import org.axonframework.eventsourcing.eventstore.jdbc.JdbcEventStorageEngine;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * Axon's engine, with fewer statements. The one thread that reads on for all streams reads until nothing is found any
 * more; Axon's stream does so too, which made two vain transactions of each that found something. The events of a group
 * of commands are stored together, and which of its aggregates are new is asked once: each of these would be looked for
 * twice, in vain.
 */
final class PostgresEventStorageEngine extends JdbcEventStorageEngine implements GroupedStore {

    private static final String NEW = "select wanted from unnest(?) as wanted where not exists"
            + " (select from domain_event_entry where aggregate_identifier = wanted)";

    /** Of a thread that handles a group. */
    private static final ThreadLocal<Group> GROUP = new ThreadLocal<>();

    private final JdbcTemplate jdbc;

    PostgresEventStorageEngine(Builder builder, JdbcTemplate jdbc) {
        super(builder);
        this.jdbc = jdbc;
    }

    @Override
    protected Stream<? extends TrackedEventData<?>> readEventData(@Nullable TrackingToken token, boolean mayBlock) {
        return mayBlock ? fetchTrackedEvents(token, batchSize()).stream() : super.readEventData(token, false);
    }

    @Override
    public void begin(Set<String> aggregates) {
        Group begun = new Group();
        if (aggregates.size() > 1) {
            begun.created.addAll(jdbc.queryForList(NEW, String.class, (Object) aggregates.toArray(String[]::new)));
        }
        GROUP.set(begun);
    }

    @Override
    public void appendEvents(List<? extends EventMessage<?>> events) {
        Group current = GROUP.get();
        if (current == null) {
            super.appendEvents(events);
        } else {
            current.events.addAll(events);
        }
    }

    @Override
    public void flush() {
        Group current = GROUP.get();
        if (current != null && !current.events.isEmpty()) {
            super.appendEvents(current.events);
            current.events.clear();
        }
    }

    @Override
    public void end() {
        GROUP.remove();
    }

    @Override
    public DomainEventStream readEvents(String aggregateIdentifier, long firstSequenceNumber) {
        return isNew(aggregateIdentifier)
                ? DomainEventStream.empty()
                : super.readEvents(aggregateIdentifier, firstSequenceNumber);
    }

    @Override
    public Optional<DomainEventMessage<?>> readSnapshot(String aggregateIdentifier) {
        return isNew(aggregateIdentifier) ? Optional.empty() : super.readSnapshot(aggregateIdentifier);
    }

    private boolean isNew(String aggregateIdentifier) {
        Group current = GROUP.get();
        return current != null && current.created.contains(aggregateIdentifier);
    }

    /** What a thread's group of commands has to do with events. */
    private static final class Group {

        /** Aggregates that were not there when it began. */
        private final Set<String> created = new HashSet<>();

        private final List<EventMessage<?>> events = new ArrayList<>();
    }
}
