package io.orderworkflow.platform.store;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.orderworkflow.api.MessageFamilies;
import io.orderworkflow.api.SampleOrder;
import io.orderworkflow.platform.PlatformNode;
import io.orderworkflow.platform.counter.CounterIncreased;
import io.orderworkflow.platform.counter.Counting;
import io.orderworkflow.platform.counter.IncreaseCounter;
import io.orderworkflow.platform.messaging.MessageSerializer;
import io.orderworkflow.platform.postgres.ThrowawayPostgres;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executor;
import java.util.stream.Stream;
import org.axonframework.commandhandling.gateway.CommandGateway;
import org.axonframework.common.jdbc.ConnectionProvider;
import org.axonframework.config.ProcessingGroup;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.eventhandling.EventHandler;
import org.axonframework.eventhandling.GapAwareTrackingToken;
import org.axonframework.eventhandling.GenericDomainEventMessage;
import org.axonframework.eventhandling.GlobalSequenceTrackingToken;
import org.axonframework.eventhandling.TrackingToken;
import org.axonframework.eventhandling.gateway.EventGateway;
import org.axonframework.eventhandling.tokenstore.TokenStore;
import org.axonframework.eventhandling.tokenstore.UnableToClaimTokenException;
import org.axonframework.eventhandling.tokenstore.jdbc.JdbcTokenStore;
import org.axonframework.eventsourcing.eventstore.EventStorageEngine;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.axonframework.eventsourcing.eventstore.EventStoreException;
import org.axonframework.eventsourcing.eventstore.jdbc.JdbcEventStorageEngine;
import org.axonframework.messaging.MetaData;
import org.axonframework.modelling.command.AggregateStreamCreationException;
import org.axonframework.modelling.command.ConcurrencyException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

@Timeout(60)
class EventStoreIT {

    /** What waits for another must not wait for its thread: the common pool has a single one on a small machine. */
    private static final Executor THREADS = task -> new Thread(task).start();

    private static PlatformNode node;

    @BeforeAll
    static void startNode() {
        // A processor that nobody wakes would look only every five seconds.
        node = PlatformNode.with(
                List.of("order-workflow.processing.token-claim-interval=60s", "order-workflow.node.id=node-1"),
                ThrowawayPostgres.newDatabase(),
                Counting.class,
                Recording.class);
    }

    @AfterAll
    static void stopNode() {
        node.close();
    }

    @Test
    void isOursOverThePlainTables() {
        assertThat(node.get(EventStore.class)).isInstanceOf(WakingEventStore.class);
        assertThat(node.get(EventStorageEngine.class)).isInstanceOf(JdbcEventStorageEngine.class);
        assertThat(node.get(TokenStore.class)).isInstanceOf(JdbcTokenStore.class);
    }

    @Test
    void storesEventsReadablyUnderTheirLogicalNames() {
        SampleOrder order = SampleOrder.anOrder().of("SKU-1", 2);
        node.get(EventGateway.class).publish(order.placed());

        assertThat(node.jdbc().sql("""
                                select payload_revision || ' ' || convert_from(payload, 'UTF8')
                                from domain_event_entry where payload_type = 'OrderPlaced'
                                """).query(String.class).single())
                .startsWith("3 {")
                .contains("\"orderId\":\"" + order.orderId() + "\"");
        assertThat(MessageFamilies.events().map(Class::getSimpleName)).contains("OrderPlaced");
    }

    @Test
    void reportsAConflictWhereTwoWriteTheSameVersion() {
        transactionally(() -> append(event("conflict", 0), event("conflict", 1)));

        assertThatThrownBy(() -> transactionally(() -> append(event("conflict", 1))))
                .isInstanceOf(ConcurrencyException.class);
        assertThatThrownBy(() -> transactionally(() -> append(event("conflict", 0))))
                .isInstanceOf(AggregateStreamCreationException.class);
    }

    @Test
    void reportsAConflictToTheSecondOfTwoThatWriteAtTheSameTime() throws InterruptedException {
        transactionally(() -> append(event("race", 0)));
        CountDownLatch firstHasWritten = new CountDownLatch(1);
        CompletableFuture<Void> first = CompletableFuture.runAsync(
                () -> transactionally(() -> {
                    append(event("race", 1));
                    firstHasWritten.countDown();
                    // Until the second is seen to wait for this transaction.
                    await().until(() -> waitingForALock() > 0);
                }),
                THREADS);
        assertThat(firstHasWritten.await(10, SECONDS)).isTrue();

        assertThatThrownBy(() -> transactionally(() -> append(event("race", 1))))
                .isInstanceOf(ConcurrencyException.class);
        assertThat(first).succeedsWithin(10, SECONDS);
    }

    @Test
    void takesADeadlockForAConflict() {
        transactionally(() -> append(event("left", 0), event("right", 0)));
        CyclicBarrier bothHaveWritten = new CyclicBarrier(2);

        CompletableFuture<Throwable> one = crossing(bothHaveWritten, "left", "right");
        CompletableFuture<Throwable> two = crossing(bothHaveWritten, "right", "left");

        // The one that is ended to resolve it; the other goes on, for what it waited for is gone.
        assertThat(Stream.of(one, two).map(CompletableFuture::join).filter(ConcurrencyException.class::isInstance))
                .hasSize(1);
        assertThat(Stream.of(one, two).map(CompletableFuture::join).filter(EventStoreException.class::isInstance))
                .isEmpty();
    }

    private static CompletableFuture<Throwable> crossing(CyclicBarrier bothHaveWritten, String mine, String yours) {
        return CompletableFuture.runAsync(
                        () -> transactionally(() -> {
                            append(event(mine, 1));
                            meet(bothHaveWritten);
                            append(event(yours, 1));
                        }),
                        THREADS)
                .handle((done, failure) -> failure == null ? new AssertionError("no failure") : failure.getCause());
    }

    @Test
    void wakesAnIdleProcessorForEveryEvent() {
        Recording recording = node.get(Recording.class);
        Instant start = Instant.now();

        for (int round = 1; round <= 40; round++) {
            String expected = "idle " + round;
            node.get(CommandGateway.class).sendAndWait(new IncreaseCounter("idle", "test"));
            await().pollInterval(Duration.ofMillis(2))
                    .untilAsserted(() -> assertThat(recording.seen).contains(expected));
            // Until the processor has looked for more after its batch, and found nothing.
            await().pollDelay(Duration.ofMillis(20)).until(() -> true);
        }

        // Looking every half a second, as Axon's own event store makes it, would take twenty seconds.
        assertThat(Duration.between(start, Instant.now())).isLessThan(Duration.ofSeconds(10));
    }

    @Test
    void deliversTheEventOfATransactionThatCommitsLate() throws InterruptedException {
        Instant now = Instant.now();

        commitFirstWhatIsWrittenLast("late", now);

        await().untilAsserted(() -> assertThat(node.get(Recording.class).seen).contains("late-early 1"));
    }

    @Test
    void deliversTheEventOfASlowTransactionToAProcessorThatLagsBehind() throws InterruptedException {
        // As if it had been written two minutes ago: by default, Axon would not look back for what it left out.
        Instant longAgo = Instant.now().minus(Duration.ofMinutes(2));

        commitFirstWhatIsWrittenLast("slow", longAgo);

        await().untilAsserted(() -> assertThat(node.get(Recording.class).seen).contains("slow-early 1"));
    }

    @Test
    void readsOnAtWhatWasMissingAndBehindAPosition() {
        transactionally(() -> append(event("missing", 0), event("known", 0), event("next", 0), event("last", 0)));
        List<Long> positions = node.jdbc().sql("""
                        select global_index from domain_event_entry
                        where aggregate_identifier in ('missing', 'known', 'next', 'last') order by global_index
                        """).query(Long.class).list();
        EventRows rows = new EventRows(node.get(JdbcTemplate.class));

        assertThat(rows.readOn(positions.get(1), List.of(positions.get(0)), 1, (row, number) -> row.getLong(1)))
                .containsExactly(positions.get(0), positions.get(2));
        assertThat(rows.readOn(positions.get(1), List.of(), 1, (row, number) -> row.getLong(1)))
                .containsExactly(positions.get(2));
    }

    @Test
    void findsWhatWasMissingInAStoreOfManyEvents() {
        transactionally(() -> append(event("long missing", 0)));
        long position = node.jdbc()
                .sql("select global_index from domain_event_entry where aggregate_identifier = 'long missing'")
                .query(Long.class)
                .single();
        TrackingToken token = GapAwareTrackingToken.newInstance(1_000_000, List.of(position));

        assertThat(node.get(EventStorageEngine.class).readEvents(token, false).toList())
                .singleElement()
                .satisfies(event -> {
                    assertThat(event.getPayload()).isEqualTo(new CounterIncreased("long missing", "test", 1));
                    assertThat(event.trackingToken())
                            .isEqualTo(GapAwareTrackingToken.newInstance(1_000_000, List.of()));
                });
    }

    private static void commitFirstWhatIsWrittenLast(String name, Instant time) throws InterruptedException {
        CountDownLatch written = new CountDownLatch(1);
        CountDownLatch commit = new CountDownLatch(1);
        CompletableFuture<Void> early = CompletableFuture.runAsync(
                () -> transactionally(() -> {
                    append(event(name + "-early", 0, time));
                    written.countDown();
                    awaitLatch(commit);
                }),
                THREADS);
        assertThat(written.await(10, SECONDS)).isTrue();
        transactionally(() -> append(event(name + "-later", 0, time)));
        await().untilAsserted(() -> assertThat(node.get(Recording.class).seen).contains(name + "-later 1"));
        assertThat(node.get(Recording.class).seen).doesNotContain(name + "-early 1");

        commit.countDown();

        assertThat(early).succeedsWithin(10, SECONDS);
    }

    @Test
    void holdsTokensUnderTheNameOfItsNode() {
        await().untilAsserted(() -> assertThat(node.jdbc()
                        .sql("select distinct owner from token_entry where processor_name = 'recording'")
                        .query(String.class)
                        .list())
                .containsExactly("node-1"));
    }

    @Test
    void leavesTheTokensOfAnotherNodeAlone() {
        TokenStore ours = node.get(TokenStore.class);
        transactionally(() -> ours.initializeTokenSegments("claimed", 1));
        transactionally(() -> ours.fetchToken("claimed", 0));
        TokenStore theirs = new StoreAutoConfiguration()
                .tokenStore(
                        node.get(ConnectionProvider.class),
                        node.get(MessageSerializer.class),
                        new NodeSettings("node-2"),
                        node.get(JdbcTemplate.class));

        assertThatThrownBy(() -> transactionally(() -> theirs.fetchToken("claimed", 0)))
                .isInstanceOf(UnableToClaimTokenException.class);
        transactionally(() -> ours.releaseClaim("claimed", 0));
        transactionally(() -> theirs.fetchToken("claimed", 0));
        assertThatThrownBy(() -> transactionally(() -> ours.fetchToken("claimed", 0)))
                .isInstanceOf(UnableToClaimTokenException.class);
    }

    @Test
    void letsNobodyStoreATokenWhoseClaimIsLost() {
        TokenStore tokens = node.get(TokenStore.class);
        transactionally(() -> tokens.initializeTokenSegments("taken", 1));
        transactionally(() -> tokens.fetchToken("taken", 0));
        transactionally(() -> tokens.storeToken(new GlobalSequenceTrackingToken(1), "taken", 0));

        node.jdbc()
                .sql("update token_entry set owner = null where processor_name = 'taken'")
                .update();

        assertThatThrownBy(
                        () -> transactionally(() -> tokens.storeToken(new GlobalSequenceTrackingToken(2), "taken", 0)))
                .isInstanceOf(UnableToClaimTokenException.class);
        transactionally(() -> assertThat(tokens.fetchToken("taken", 0)).isEqualTo(new GlobalSequenceTrackingToken(1)));
    }

    @Test
    void letsNobodyExtendAClaimThatIsLost() {
        TokenStore tokens = node.get(TokenStore.class);
        transactionally(() -> tokens.initializeTokenSegments("extended", 1));
        transactionally(() -> tokens.fetchToken("extended", 0));
        node.jdbc()
                .sql("update token_entry set timestamp = '2026-01-01T12:00:00Z' where processor_name = 'extended'")
                .update();

        transactionally(() -> tokens.extendClaim("extended", 0));
        assertThat(node.jdbc()
                        .sql("select timestamp from token_entry where processor_name = 'extended'")
                        .query(String.class)
                        .single())
                .isGreaterThan("2026-01-01T12:00:00Z");

        node.jdbc()
                .sql("update token_entry set owner = null where processor_name = 'extended'")
                .update();
        assertThatThrownBy(() -> transactionally(() -> tokens.extendClaim("extended", 0)))
                .isInstanceOf(UnableToClaimTokenException.class);
        assertThat(node.jdbc()
                        .sql("select count(*) from token_entry where processor_name = 'extended' and owner is null")
                        .query(Integer.class)
                        .single())
                .isEqualTo(1);
    }

    @Test
    void keepsNoLargeObjects() {
        node.get(CommandGateway.class).sendAndWait(new IncreaseCounter("large", "test"));

        assertThat(node.jdbc().sql("""
                                select table_name || '.' || column_name from information_schema.columns
                                where table_schema = 'public' and data_type = 'oid'
                                """).query(String.class).list()).isEmpty();
        assertThat(node.jdbc()
                        .sql("select count(*) from pg_largeobject_metadata")
                        .query(Integer.class)
                        .single())
                .isZero();
    }

    private static int waitingForALock() {
        return CompletableFuture.supplyAsync(
                        () -> node.jdbc()
                                .sql("select count(*) from pg_stat_activity"
                                        + " where datname = current_database() and wait_event_type = 'Lock'")
                                .query(Integer.class)
                                .single(),
                        THREADS)
                .join();
    }

    private static DomainEventMessage<CounterIncreased> event(String counterId, long sequence) {
        return event(counterId, sequence, Instant.now());
    }

    private static DomainEventMessage<CounterIncreased> event(String counterId, long sequence, Instant time) {
        return new GenericDomainEventMessage<>(
                "Counter",
                counterId,
                sequence,
                new CounterIncreased(counterId, "test", sequence + 1),
                MetaData.emptyInstance(),
                UUID.randomUUID().toString(),
                time);
    }

    private static void append(DomainEventMessage<?>... events) {
        node.get(EventStorageEngine.class).appendEvents(events);
    }

    private static void transactionally(Runnable work) {
        new TransactionTemplate(node.get(PlatformTransactionManager.class)).executeWithoutResult(status -> work.run());
    }

    private static void meet(CyclicBarrier barrier) {
        try {
            barrier.await(10, SECONDS);
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private static void awaitLatch(CountDownLatch latch) {
        try {
            assertThat(latch.await(20, SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Notes what it sees. */
    @ProcessingGroup("recording")
    static class Recording {

        private final List<String> seen = new CopyOnWriteArrayList<>();

        @EventHandler
        void on(CounterIncreased event) {
            seen.add(event.counterId() + " " + event.count());
        }
    }
}
