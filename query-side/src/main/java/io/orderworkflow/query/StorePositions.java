package io.orderworkflow.query;

import java.util.Iterator;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.axonframework.common.stream.BlockingStream;
import org.axonframework.eventhandling.GapAwareTrackingToken;
import org.axonframework.eventhandling.GlobalSequenceTrackingToken;
import org.axonframework.eventhandling.TrackedEventMessage;
import org.axonframework.eventhandling.TrackingToken;
import org.axonframework.eventsourcing.eventstore.EventStorageEngine;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;

/** Where events are among all that are stored. */
interface StorePositions {

    /** Whoever has more than these to be looked at one by one has simply not got there. */
    int MOST_READ = 1_000;

    /** Of the store, which is in PostgreSQL if it has an engine there. */
    static StorePositions of(EventStore events, @Nullable EventStorageEngine engine, JdbcTemplate jdbc) {
        return engine == null ? new InAxonServer(events) : new InPostgres(jdbc, engine);
    }

    /** The position of the last event; -1 if there are none. */
    long head();

    /** The position of the first event of some types after one position, until another. */
    OptionalLong first(Set<String> types, long after, long until);

    /** The position of the first such event after one position, until another. Every event between is read. */
    OptionalLong first(Predicate<TrackedEventMessage<?>> wanted, long after, long until);

    /** Where that event is. */
    static long positionOf(TrackedEventMessage<?> event) {
        TrackingToken token = event.trackingToken();
        return token == null ? Long.MAX_VALUE : token.position().orElse(Long.MAX_VALUE);
    }

    /** One table, whose positions have gaps. */
    final class InPostgres implements StorePositions {

        private static final String HEAD = "select coalesce(max(global_index), -1) from domain_event_entry";
        private static final String FIRST = """
                select min(global_index) from domain_event_entry
                where global_index > ? and global_index <= ? and payload_type = any (?)
                """;

        private final JdbcTemplate jdbc;
        private final EventStorageEngine engine;

        InPostgres(JdbcTemplate jdbc, EventStorageEngine engine) {
            this.jdbc = jdbc;
            this.engine = engine;
        }

        @Override
        public long head() {
            Long head = jdbc.queryForObject(HEAD, Long.class);
            return head == null ? -1 : head;
        }

        @Override
        public OptionalLong first(Set<String> types, long after, long until) {
            Long first = jdbc.queryForObject(FIRST, Long.class, after, until, types.toArray(String[]::new));
            return first == null ? OptionalLong.empty() : OptionalLong.of(first);
        }

        @Override
        public OptionalLong first(Predicate<TrackedEventMessage<?>> wanted, long after, long until) {
            long seen = after;
            int read = 0;
            TrackingToken from = GapAwareTrackingToken.newInstance(after, List.of());
            try (Stream<? extends TrackedEventMessage<?>> events = engine.readEvents(from, false)) {
                for (Iterator<? extends TrackedEventMessage<?>> all = events.iterator(); all.hasNext(); ) {
                    TrackedEventMessage<?> event = all.next();
                    seen = positionOf(event);
                    if (seen > until) {
                        return OptionalLong.empty();
                    }
                    if (wanted.test(event) || ++read == MOST_READ) {
                        return OptionalLong.of(seen);
                    }
                }
            }
            return OptionalLong.empty();
        }
    }

    /** Positions without gaps. */
    final class InAxonServer implements StorePositions {

        private static final int LONGEST_WAIT_MILLIS = 200;

        private final EventStore events;

        InAxonServer(EventStore events) {
            this.events = events;
        }

        @Override
        public long head() {
            TrackingToken head = events.createHeadToken();
            return head == null ? -1 : head.position().orElse(-1);
        }

        @Override
        public OptionalLong first(Set<String> types, long after, long until) {
            return first(event -> types.contains(event.getPayloadType().getSimpleName()), after, until);
        }

        @Override
        public OptionalLong first(Predicate<TrackedEventMessage<?>> wanted, long after, long until) {
            long seen = after;
            try (BlockingStream<TrackedEventMessage<?>> stream = events.openStream(tokenAt(after))) {
                for (int read = 0; seen < until && read < MOST_READ; read++) {
                    if (!stream.hasNextAvailable(LONGEST_WAIT_MILLIS, TimeUnit.MILLISECONDS)) {
                        break;
                    }
                    TrackedEventMessage<?> event = stream.nextAvailable();
                    seen = positionOf(event);
                    if (seen <= until && wanted.test(event)) {
                        return OptionalLong.of(seen);
                    }
                }
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
            }
            return seen < until ? OptionalLong.of(seen + 1) : OptionalLong.empty();
        }

        private static @Nullable TrackingToken tokenAt(long position) {
            return position < 0 ? null : new GlobalSequenceTrackingToken(position);
        }
    }
}
