package io.orderworkflow.platform.store;

import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.eventhandling.EventMessage;
import org.axonframework.eventhandling.TrackedEventMessage;
import org.axonframework.eventhandling.TrackingEventStream;
import org.axonframework.eventhandling.TrackingToken;
import org.axonframework.eventsourcing.eventstore.DomainEventStream;
import org.axonframework.eventsourcing.eventstore.EmbeddedEventStore;
import org.axonframework.eventsourcing.eventstore.EventStorageEngine;
import org.axonframework.messaging.unitofwork.CurrentUnitOfWork;
import org.axonframework.messaging.unitofwork.UnitOfWork;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The embedded event store, with streams that tell when there is something to read. Without that a pooled streaming
 * processor looks only every 500 ms, several times on the way of one order.
 */
final class WakingEventStore extends EmbeddedEventStore {

    /** Where a unit of work keeps which aggregates it has published something of. */
    private static final String STAGED = WakingEventStore.class.getName() + "/staged";

    private final List<Runnable> wakeUps;

    private WakingEventStore(Builder builder, List<Runnable> wakeUps) {
        super(builder);
        this.wakeUps = wakeUps;
    }

    static WakingEventStore over(EventStorageEngine engine, Builder builder) {
        List<Runnable> wakeUps = new CopyOnWriteArrayList<>();
        builder.storageEngine(new WakingEngine(engine, wakeUps));
        return new WakingEventStore(builder, wakeUps);
    }

    @Override
    public TrackingEventStream openStream(@Nullable TrackingToken token) {
        return new WakingStream(new SkippingStream(super.openStream(token)));
    }

    @Override
    public void publish(List<? extends EventMessage<?>> events) {
        if (CurrentUnitOfWork.isStarted()) {
            Set<String> staged = staged(CurrentUnitOfWork.get());
            events.forEach(event -> {
                if (event instanceof DomainEventMessage<?> ofAggregate) {
                    staged.add(ofAggregate.getAggregateIdentifier());
                }
            });
        }
        super.publish(events);
    }

    /**
     * What a unit of work has published of an aggregate and not stored yet. Axon searches all of it for every aggregate
     * that is loaded, which for a group of commands are hundreds of events hundreds of times.
     */
    @Override
    protected Stream<? extends DomainEventMessage<?>> stagedDomainEventMessages(String aggregateIdentifier) {
        return CurrentUnitOfWork.isStarted() && !staged(CurrentUnitOfWork.get()).contains(aggregateIdentifier)
                ? Stream.empty()
                : super.stagedDomainEventMessages(aggregateIdentifier);
    }

    private static Set<String> staged(UnitOfWork<?> unitOfWork) {
        return unitOfWork.root().getOrComputeResource(STAGED, key -> new HashSet<>());
    }

    /** A stream that can call back. */
    private final class WakingStream implements TrackingEventStream {

        private final TrackingEventStream stream;
        private @Nullable Runnable wakeUp;

        WakingStream(TrackingEventStream stream) {
            this.stream = stream;
        }

        @Override
        public boolean setOnAvailableCallback(Runnable callback) {
            removeWakeUp();
            wakeUp = callback;
            wakeUps.add(callback);
            return true;
        }

        @Override
        public Optional<TrackedEventMessage<?>> peek() {
            return stream.peek();
        }

        @Override
        public boolean hasNextAvailable(int timeout, TimeUnit unit) throws InterruptedException {
            return stream.hasNextAvailable(timeout, unit);
        }

        @Override
        public TrackedEventMessage<?> nextAvailable() throws InterruptedException {
            return stream.nextAvailable();
        }

        @Override
        public void skipMessagesWithPayloadTypeOf(TrackedEventMessage<?> event) {
            stream.skipMessagesWithPayloadTypeOf(event);
        }

        @Override
        public void close() {
            removeWakeUp();
            stream.close();
        }

        private void removeWakeUp() {
            if (wakeUp != null) {
                wakeUps.remove(wakeUp);
            }
        }
    }

    /**
     * Notices when new events have become visible to the streams. The store's producer reads with {@code mayBlock},
     * and does so again as soon as what it read before is visible, so a token that moved means news. Under load, where
     * it may always find some more to read, the streams are also woken while it goes on.
     */
    private static final class WakingEngine implements EventStorageEngine {

        private static final Logger log = LoggerFactory.getLogger(WakingEngine.class);

        private static final long LONGEST_SILENCE_NANOS = TimeUnit.MILLISECONDS.toNanos(10);

        /**
         * How long events gather after many were read. Each read takes a statement, and wakes every processor, which then
         * handles in a transaction of its own what little there is.
         */
        private static final long GATHERING_NANOS = TimeUnit.MILLISECONDS.toNanos(4);

        /** Where fewer come at once, whoever waits for one of them is served at once. */
        private static final int MANY = 16;

        /** Where so many come at once, they gather for twice as long: then they come faster than they are handled. */
        private static final int VERY_MANY = 40;

        private final EventStorageEngine engine;
        private final List<Runnable> wakeUps;

        // Of the one thread that reads for all streams.
        private @Nullable TrackingToken position;
        private long silentSince;
        private int read;

        WakingEngine(EventStorageEngine engine, List<Runnable> wakeUps) {
            this.engine = engine;
            this.wakeUps = wakeUps;
        }

        @Override
        public Stream<? extends TrackedEventMessage<?>> readEvents(@Nullable TrackingToken token, boolean mayBlock) {
            if (!mayBlock) {
                return engine.readEvents(token, false);
            }
            if (token != null && !token.equals(position)) {
                position = token;
                wakeAll();
                if (read >= MANY) {
                    LockSupport.parkNanos(read >= VERY_MANY ? 2 * GATHERING_NANOS : GATHERING_NANOS);
                }
            }
            silentSince = System.nanoTime();
            read = 0;
            return engine.readEvents(token, true).peek(event -> {
                read++;
                wakeAllAfterSilence();
            });
        }

        private void wakeAllAfterSilence() {
            long now = System.nanoTime();
            if (now - silentSince > LONGEST_SILENCE_NANOS) {
                silentSince = now;
                wakeAll();
            }
        }

        private void wakeAll() {
            for (Runnable wakeUp : wakeUps) {
                try {
                    wakeUp.run();
                } catch (RuntimeException e) {
                    log.warn("a stream of events could not be woken", e);
                }
            }
        }

        @Override
        public void appendEvents(List<? extends EventMessage<?>> events) {
            engine.appendEvents(events);
        }

        @Override
        public void storeSnapshot(DomainEventMessage<?> snapshot) {
            engine.storeSnapshot(snapshot);
        }

        @Override
        public DomainEventStream readEvents(String aggregateIdentifier, long firstSequenceNumber) {
            return engine.readEvents(aggregateIdentifier, firstSequenceNumber);
        }

        @Override
        public Optional<DomainEventMessage<?>> readSnapshot(String aggregateIdentifier) {
            return engine.readSnapshot(aggregateIdentifier);
        }

        @Override
        public Optional<Long> lastSequenceNumberFor(String aggregateIdentifier) {
            return engine.lastSequenceNumberFor(aggregateIdentifier);
        }

        @Override
        public @Nullable TrackingToken createTailToken() {
            return engine.createTailToken();
        }

        @Override
        public @Nullable TrackingToken createHeadToken() {
            return engine.createHeadToken();
        }

        @Override
        public @Nullable TrackingToken createTokenAt(Instant dateTime) {
            return engine.createTokenAt(dateTime);
        }
    }
}
