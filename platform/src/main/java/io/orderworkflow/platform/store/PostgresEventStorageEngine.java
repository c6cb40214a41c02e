package io.orderworkflow.platform.store;

import io.orderworkflow.platform.messaging.GroupedStore;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.axonframework.eventhandling.DomainEventData;
import org.axonframework.eventhandling.EventMessage;
import org.axonframework.eventhandling.EventUtils;
import org.axonframework.eventhandling.GapAwareTrackingToken;
import org.axonframework.eventhandling.GenericEventMessage;
import org.axonframework.eventhandling.TrackedDomainEventData;
import org.axonframework.eventhandling.TrackedEventData;
import org.axonframework.eventhandling.TrackedEventMessage;
import org.axonframework.eventhandling.TrackingToken;
import org.axonframework.eventsourcing.eventstore.jdbc.JdbcEventStorageEngine;
import org.axonframework.serialization.Serializer;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.RowMapper;

/**
 * Axon's engine, with fewer and cheaper statements.
 *
 * <p>The events of a group of commands are stored with one statement, and the aggregates that it needs and nobody keeps
 * in a cache are read with one, those that are new included: each of these would be looked for twice, in vain.
 *
 * <p>The one thread that reads on for all streams reads until nothing is found any more; Axon's stream does so too,
 * which made two vain transactions of each that found something. What this process has stored itself it need not
 * understand again when it reads it.
 */
final class PostgresEventStorageEngine extends JdbcEventStorageEngine implements GroupedStore {

    /** A plan that was made for fewer events, and is kept, may be one that reads all of them. */
    private static final long FEW_EVENTS = 20_000;

    /** From so many missing events on, Axon asks whether they will ever come. */
    private static final int MANY_GAPS = 250;

    /** How long an event may stay invisible to processors that have read past its position. */
    static final Duration GAP_TIMEOUT = Duration.ofMinutes(5);

    /** How far behind the position of a processor an event may become visible. */
    static final int MOST_BEHIND = 10_000;

    /** Of a thread that handles a group. */
    private static final ThreadLocal<Group> GROUP = new ThreadLocal<>();

    private final EventRows rows;
    private final FreshEvents fresh;
    private final Predicate<String> isCached;

    /**
     * Creates the engine.
     *
     * @param isCached whether an aggregate is kept by somebody, and will hardly be read
     */
    PostgresEventStorageEngine(Builder builder, EventRows rows, Predicate<String> isCached) {
        super(builder);
        this.rows = rows;
        this.isCached = isCached;
        this.fresh = new FreshEvents(getEventSerializer());
    }

    @Override
    public Stream<? extends TrackedEventMessage<?>> readEvents(@Nullable TrackingToken token, boolean mayBlock) {
        return mayBlock
                ? fetchTrackedEvents(token, batchSize()).stream().flatMap(this::read)
                : super.readEvents(token, false);
    }

    private Stream<? extends TrackedEventMessage<?>> read(TrackedEventData<?> event) {
        return fresh.take(event)
                .<Stream<? extends TrackedEventMessage<?>>>map(Stream::of)
                .orElseGet(() -> EventUtils.upcastAndDeserializeTrackedEvents(
                        Stream.of(event), getEventSerializer(), upcasterChain));
    }

    /** With one statement, which is planned once; Axon's are planned anew each time, and are up to three a transaction. */
    @Override
    protected List<? extends TrackedEventData<?>> fetchTrackedEvents(@Nullable TrackingToken token, int most) {
        return token instanceof GapAwareTrackingToken position
                        && position.getIndex() > FEW_EVENTS
                        && position.getGaps().size() <= MANY_GAPS
                ? rows.readOn(position.getIndex(), position.getGaps(), most, trackedFrom(position))
                : super.fetchTrackedEvents(token, most);
    }

    private RowMapper<TrackedEventData<?>> trackedFrom(GapAwareTrackingToken position) {
        AtomicReference<GapAwareTrackingToken> last = new AtomicReference<>(position);
        return (row, number) -> {
            TrackedEventData<?> event = getTrackedEventData(row, last.get());
            last.set((GapAwareTrackingToken) event.trackingToken());
            return event;
        };
    }

    /** As Axon does it, but for the time, which is not parsed by a formatter. */
    @Override
    protected TrackedEventData<?> getTrackedEventData(ResultSet row, @Nullable GapAwareTrackingToken position)
            throws SQLException {
        if (position == null) {
            return super.getTrackedEventData(row, null);
        }
        StoredEvent event = new StoredEvent(row);
        Instant recently = GenericEventMessage.clock.instant().minus(GAP_TIMEOUT);
        int mostBehind = event.getTimestamp().isAfter(recently) ? MOST_BEHIND : 0;
        return new TrackedDomainEventData<>(position.advanceTo(row.getLong("global_index"), mostBehind), event);
    }

    @Override
    protected DomainEventData<?> getDomainEventData(ResultSet row) throws SQLException {
        return new StoredEvent(row);
    }

    /** An aggregate's events have no gaps: a batch that is not full is the last one. */
    @Override
    protected boolean fetchForAggregateUntilEmpty() {
        return false;
    }

    @Override
    public void begin(Set<String> aggregates) {
        List<String> uncached =
                aggregates.stream().filter(isCached.negate()).sorted().toList();
        GROUP.set(new Group(uncached.isEmpty() ? new HashMap<>() : rows.readAhead(uncached, this::getDomainEventData)));
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
    protected void appendEvents(List<? extends EventMessage<?>> events, Serializer serializer) {
        if (!events.isEmpty()) {
            try {
                rows.insert(events, serializer);
            } catch (RuntimeException failure) {
                handlePersistenceException(failure, events.get(0));
            }
            fresh.put(events);
        }
    }

    @Override
    public void flush() {
        Group current = GROUP.get();
        if (current != null) {
            super.appendEvents(current.events);
            current.events.clear();
        }
    }

    @Override
    public void end() {
        GROUP.remove();
    }

    @Override
    protected Stream<? extends DomainEventData<?>> readEventData(String identifier, long firstSequenceNumber) {
        Collection<? extends DomainEventData<?>> readAhead = readAhead(identifier);
        return readAhead == null
                ? super.readEventData(identifier, firstSequenceNumber)
                : readAhead.stream().filter(event -> event.getSequenceNumber() >= firstSequenceNumber);
    }

    @Override
    protected Stream<? extends DomainEventData<?>> readSnapshotData(String aggregateIdentifier) {
        return readAhead(aggregateIdentifier) == null ? super.readSnapshotData(aggregateIdentifier) : Stream.empty();
    }

    private static @Nullable Collection<? extends DomainEventData<?>> readAhead(String aggregate) {
        Group current = GROUP.get();
        return current == null ? null : current.readAhead.get(aggregate);
    }

    /** What a thread's group of commands has to do with events. */
    private static final class Group {

        /** All events of aggregates that have few or none. */
        private final Map<String, List<DomainEventData<?>>> readAhead;

        private final List<EventMessage<?>> events = new ArrayList<>();

        Group(Map<String, List<DomainEventData<?>>> readAhead) {
            this.readAhead = readAhead;
        }
    }
}
