package io.orderworkflow.platform.store;

import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.eventhandling.EventMessage;
import org.axonframework.eventhandling.GenericDomainEventMessage;
import org.axonframework.eventhandling.GenericEventMessage;
import org.axonframework.eventhandling.TrackedEventMessage;
import org.axonframework.eventhandling.TrackingEventStream;
import org.axonframework.eventhandling.TrackingToken;
import org.axonframework.eventsourcing.eventstore.EmbeddedEventStore;
import org.axonframework.eventsourcing.eventstore.EventStorageEngine;
import org.axonframework.eventsourcing.eventstore.inmemory.InMemoryEventStorageEngine;
import org.axonframework.messaging.unitofwork.DefaultUnitOfWork;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class WakingEventStoreTest {

    private final EmbeddedEventStore store = storeOver(new InMemoryEventStorageEngine());

    @AfterEach
    void close() {
        store.shutDown();
    }

    @Test
    void wakesAStreamWhenThereIsSomethingToRead() {
        TrackingEventStream stream = tailing(store);
        AtomicInteger calls = new AtomicInteger();
        assertThat(stream.setOnAvailableCallback(calls::incrementAndGet)).isTrue();

        publish("first");

        await().untilAtomic(calls, count -> assertThat(count).isPositive());
        assertThat(stream.hasNextAvailable()).isTrue();
    }

    @Test
    void hasTheEventReadyWhenItWakes() {
        TrackingEventStream stream = tailing(store);
        AtomicInteger ready = new AtomicInteger();
        AtomicInteger tooEarly = new AtomicInteger();
        stream.setOnAvailableCallback(() -> (stream.hasNextAvailable() ? ready : tooEarly).incrementAndGet());

        publish("first");

        await().untilAtomic(ready, count -> assertThat(count).isPositive());
        assertThat(tooEarly).hasValue(0);
    }

    @Test
    void wakesEveryStream() {
        List<AtomicInteger> calls = Stream.generate(AtomicInteger::new).limit(5).toList();
        calls.forEach(counter -> tailing(store).setOnAvailableCallback(counter::incrementAndGet));

        publish("first");

        await().untilAsserted(() -> assertThat(calls).allMatch(counter -> counter.get() > 0));
    }

    @Test
    void wakesTheOthersWhereOneFails() {
        tailing(store).setOnAvailableCallback(() -> {
            throw new IllegalStateException("its processor has ended");
        });
        AtomicInteger calls = new AtomicInteger();
        tailing(store).setOnAvailableCallback(calls::incrementAndGet);

        publish("first");

        await().untilAtomic(calls, count -> assertThat(count).isPositive());
    }

    @Test
    void leavesAClosedStreamAlone() {
        TrackingEventStream closed = tailing(store);
        AtomicInteger calls = new AtomicInteger();
        closed.setOnAvailableCallback(calls::incrementAndGet);
        AtomicInteger others = new AtomicInteger();
        TrackingEventStream open = tailing(store);
        open.setOnAvailableCallback(others::incrementAndGet);

        closed.close();
        publish("first");

        await().untilAtomic(others, count -> assertThat(count).isPositive());
        assertThat(calls).hasValue(0);
    }

    @Test
    void callsOnlyTheCallbackThatWasSetLast() {
        TrackingEventStream stream = tailing(store);
        AtomicInteger replaced = new AtomicInteger();
        AtomicInteger calls = new AtomicInteger();
        stream.setOnAvailableCallback(replaced::incrementAndGet);
        stream.setOnAvailableCallback(calls::incrementAndGet);

        publish("first");

        await().untilAtomic(calls, count -> assertThat(count).isPositive());
        assertThat(replaced).hasValue(0);
    }

    /** The JDBC engine reads on until it finds nothing new, which under load may be never. */
    @Test
    void wakesWhileTheReadingGoesOn() throws InterruptedException {
        CountDownLatch last = new CountDownLatch(1);
        EmbeddedEventStore busy = storeOver(new InMemoryEventStorageEngine() {
            @Override
            public Stream<? extends TrackedEventMessage<?>> readEvents(TrackingToken token, boolean mayBlock) {
                Stream<? extends TrackedEventMessage<?>> events = super.readEvents(token, mayBlock);
                return mayBlock ? events.peek(event -> awaitBeforeLast(event, last)) : events;
            }
        });
        TrackingEventStream stream = tailing(busy);
        CountDownLatch woken = new CountDownLatch(1);
        stream.setOnAvailableCallback(woken::countDown);

        busy.publish(IntStream.rangeClosed(1, 20)
                .<EventMessage<?>>mapToObj(i -> GenericEventMessage.asEventMessage(i == 20 ? "last" : "one of many"))
                .toList());

        assertThat(woken.await(5, SECONDS)).isTrue();
        last.countDown();
        busy.shutDown();
    }

    @Test
    void readsOfAnAggregateWhatItsUnitOfWorkHasNotStoredYet() {
        store.publish(of("order-1", 0));
        DefaultUnitOfWork<?> unitOfWork = DefaultUnitOfWork.startAndGet(null);

        assertThat(store.readEvents("order-1").asStream()).hasSize(1);
        assertThat(store.readEvents("order-2").asStream()).isEmpty();
        store.publish(of("order-1", 1), of("order-2", 0));

        assertThat(store.readEvents("order-1").asStream().map(DomainEventMessage::getSequenceNumber))
                .containsExactly(0L, 1L);
        assertThat(store.readEvents("order-2").asStream()).hasSize(1);
        assertThat(store.readEvents("order-3").asStream()).isEmpty();
        unitOfWork.rollback();
        assertThat(store.readEvents("order-2").asStream()).isEmpty();
    }

    private static DomainEventMessage<?> of(String aggregate, long sequenceNumber) {
        return new GenericDomainEventMessage<>("Order", aggregate, sequenceNumber, "event");
    }

    private static void awaitBeforeLast(TrackedEventMessage<?> event, CountDownLatch last) {
        // Each of the others as long as it takes to read from a database.
        long millis = event.getPayload().equals("last") ? 10_000 : 5;
        try {
            boolean unused = last.await(millis, MILLISECONDS);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private void publish(String payload) {
        store.publish(GenericEventMessage.asEventMessage(payload));
    }

    private static TrackingEventStream tailing(EmbeddedEventStore store) {
        TrackingEventStream stream = store.openStream(null);
        // Where it finds nothing, it turns to what the producer of the store reads for all.
        assertThat(stream.hasNextAvailable()).isFalse();
        return stream;
    }

    /** Without any polling that would find the events even if nobody was woken. */
    private static EmbeddedEventStore storeOver(EventStorageEngine engine) {
        return WakingEventStore.over(
                engine,
                EmbeddedEventStore.builder().fetchDelay(Duration.ofMinutes(10).toMillis()));
    }
}
