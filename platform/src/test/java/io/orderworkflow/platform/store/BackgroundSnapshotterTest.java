package io.orderworkflow.platform.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import org.axonframework.common.transaction.NoTransactionManager;
import org.axonframework.eventsourcing.eventstore.EmbeddedEventStore;
import org.axonframework.eventsourcing.eventstore.inmemory.InMemoryEventStorageEngine;
import org.axonframework.messaging.annotation.ClasspathHandlerDefinition;
import org.axonframework.messaging.annotation.ClasspathParameterResolverFactory;
import org.axonframework.messaging.unitofwork.DefaultUnitOfWork;
import org.axonframework.messaging.unitofwork.UnitOfWork;
import org.axonframework.spring.eventsourcing.SpringAggregateSnapshotter;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class BackgroundSnapshotterTest {

    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final List<String> taken = new CopyOnWriteArrayList<>();
    private final CountDownLatch mayBeTaken = new CountDownLatch(1);
    private final BackgroundSnapshotter snapshotter =
            new BackgroundSnapshotter(
                    SpringAggregateSnapshotter.builder()
                            .eventStore(EmbeddedEventStore.builder()
                                    .storageEngine(new InMemoryEventStorageEngine())
                                    .build())
                            .parameterResolverFactory(ClasspathParameterResolverFactory.forClass(Thing.class))
                            .handlerDefinition(ClasspathHandlerDefinition.forClass(Thing.class)),
                    NoTransactionManager.instance(),
                    registry) {
                @Override
                protected Runnable createSnapshotterTask(Class<?> type, String identifier) {
                    return () -> {
                        awaitLatch();
                        taken.add(identifier);
                    };
                }
            };

    private void awaitLatch() {
        try {
            mayBeTaken.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @AfterEach
    void destroy() throws InterruptedException {
        mayBeTaken.countDown();
        snapshotter.destroy();
    }

    @Test
    void takesSnapshotsWithoutHoldingUpWhoWantsThem() {
        snapshotter.scheduleSnapshot(Thing.class, "1");
        assertThat(taken).isEmpty();

        mayBeTaken.countDown();
        await().untilAsserted(() -> assertThat(taken).containsExactly("1"));
        await().untilAsserted(() -> assertThat(count("taken")).isEqualTo(1));
    }

    @Test
    void takesThemOnlyOfWhatIsCommitted() {
        mayBeTaken.countDown();
        UnitOfWork<?> rolledBack = DefaultUnitOfWork.startAndGet(null);
        snapshotter.scheduleSnapshot(Thing.class, "rolled back");
        rolledBack.rollback();
        UnitOfWork<?> committed = DefaultUnitOfWork.startAndGet(null);
        snapshotter.scheduleSnapshot(Thing.class, "committed");
        committed.commit();

        await().untilAsserted(() -> assertThat(taken).containsExactly("committed"));
    }

    @Test
    void leavesOutWhatThereIsNoRoomFor() {
        IntStream.range(0, 150).forEach(number -> snapshotter.scheduleSnapshot(Thing.class, "" + number));

        // One is being taken, and a hundred wait.
        assertThat(count("left_out")).isEqualTo(49);
        mayBeTaken.countDown();
        await().untilAsserted(() -> assertThat(taken).hasSize(101));
    }

    @Test
    void takesOneForManyWhoWantIt() {
        snapshotter.scheduleSnapshot(Thing.class, "first");
        IntStream.range(0, 150).forEach(number -> snapshotter.scheduleSnapshot(Thing.class, "same"));

        mayBeTaken.countDown();
        await().untilAsserted(() -> assertThat(taken).containsExactly("first", "same"));
        assertThat(count("left_out")).isZero();
    }

    @Test
    void takesOneForAHistoryThatAsksForSeveral() {
        mayBeTaken.countDown();
        UnitOfWork<?> reading = DefaultUnitOfWork.startAndGet(null);
        reading.onCleanup(read -> {
            snapshotter.scheduleSnapshot(Thing.class, "long");
            await().until(() -> taken.contains("long"));
            snapshotter.scheduleSnapshot(Thing.class, "long");
        });
        reading.commit();
        snapshotter.scheduleSnapshot(Thing.class, "after it");

        await().untilAsserted(() -> assertThat(taken).containsExactly("long", "after it"));
    }

    private double count(String outcome) {
        @Nullable
        Counter counter = registry.find("order.workflow.snapshots")
                .tag("outcome", outcome)
                .counter();
        return counter == null ? 0 : counter.count();
    }

    private static final class Thing {}
}
