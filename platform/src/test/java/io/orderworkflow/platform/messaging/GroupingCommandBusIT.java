package io.orderworkflow.platform.messaging;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import io.orderworkflow.api.Refusal;
import io.orderworkflow.platform.CommandRefusedException;
import io.orderworkflow.platform.PlatformNode;
import io.orderworkflow.platform.counter.Counting;
import io.orderworkflow.platform.counter.CountingRules;
import io.orderworkflow.platform.counter.IncreaseCounter;
import io.orderworkflow.platform.counter.ResetCounter;
import io.orderworkflow.platform.postgres.ThrowawayPostgres;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.axonframework.commandhandling.CommandMessage;
import org.axonframework.commandhandling.GenericCommandMessage;
import org.axonframework.commandhandling.gateway.CommandGateway;
import org.axonframework.common.caching.Cache;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The bus over event-sourced, cached aggregates in a real database, which two nodes share. */
@Timeout(60)
class GroupingCommandBusIT {

    private static PlatformNode node;
    private static PlatformNode otherNode;

    @BeforeAll
    static void startNodes() {
        String database = ThrowawayPostgres.newDatabase();
        List<String> oneLane = List.of(
                "order-workflow.commands.lanes=1",
                "spring.datasource.hikari.data-source-properties.reWriteBatchedInserts=true");
        node = PlatformNode.with(oneLane, database, Counting.class);
        otherNode = PlatformNode.with(oneLane, database, Counting.class);
    }

    @AfterAll
    static void stopNodes() {
        otherNode.close();
        node.close();
    }

    @AfterEach
    void forgetRules() {
        node.get(CountingRules.class).set(command -> {});
    }

    @Test
    void commitsAGroupInOneTransaction() {
        List<CompletableFuture<Object>> answers =
                together(IntStream.range(0, 50).mapToObj(i -> new IncreaseCounter("group-" + i % 7, "test")));

        assertThat(answers).allSatisfy(answer -> assertThat(answer).succeedsWithin(10, SECONDS));
        assertThat(transactionsOf("group-%")).isOne();
        assertThat(counts("group-3")).containsExactly(1L, 2L, 3L, 4L, 5L, 6L, 7L);
    }

    @Test
    void storesTheEventsOfAGroupTogether() {
        node.jdbc().sql("create table stored (rows bigint)").update();
        node.jdbc().sql("""
                create function count_stored() returns trigger language plpgsql as $$
                begin insert into stored select count(*) from added; return null; end $$
                """).update();
        node.jdbc().sql("""
                create trigger count_stored after insert on domain_event_entry referencing new table as added
                for each statement execute function count_stored()
                """).update();
        try {
            assertThat(together(IntStream.range(0, 64).mapToObj(i -> new IncreaseCounter("stored-" + i % 40, "test"))))
                    .allSatisfy(answer -> assertThat(answer).succeedsWithin(10, SECONDS));

            assertThat(node.jdbc()
                            .sql("select rows from stored")
                            .query(Long.class)
                            .list())
                    .containsExactlyInAnyOrder(1L, 64L);
        } finally {
            node.jdbc().sql("drop trigger count_stored on domain_event_entry").update();
        }
    }

    @Test
    void keepsWhatTheOthersDidWhereOneOfAGroupFails() {
        node.get(CountingRules.class).set(command -> {
            if (command.reason().equals("fail")) {
                throw new IllegalStateException("after its event");
            }
            if (command.reason().equals("refuse")) {
                throw new CommandRefusedException(Refusal.Code.STOCK_RESERVED, "after its event");
            }
        });

        List<CompletableFuture<Object>> answers = together(Stream.of("a", "fail", "b", "refuse", "c", "fail", "d")
                .map(reason -> new IncreaseCounter("partly", reason)));

        assertThat(CompletableFuture.allOf(answers.toArray(CompletableFuture[]::new)))
                .failsWithin(10, SECONDS);
        assertThat(answers.stream().map(CompletableFuture::isCompletedExceptionally))
                .containsExactly(false, true, false, true, false, true, false);
        assertThat(reasons("partly")).containsExactly("a", "b", "c", "d");
        assertThat(counts("partly")).containsExactly(1L, 2L, 3L, 4L);
        assertThat(sequences("partly")).containsExactly(0L, 1L, 2L, 3L);
    }

    @Test
    void keepsNothingOfAFailedCommandInTheCache() {
        Cache cache = node.get(Cache.class);
        increase(node, "cached", "a");
        assertThat(cache.containsKey("cached")).isTrue();
        node.get(CountingRules.class).set(command -> {
            throw new IllegalStateException("after its event");
        });

        assertThat(send(node, new IncreaseCounter("cached", "b"))).failsWithin(10, SECONDS);
        assertThat(cache.containsKey("cached")).isFalse();

        node.get(CountingRules.class).set(command -> {});
        increase(node, "cached", "c");
        assertThat(counts("cached")).containsExactly(1L, 2L);
    }

    @Test
    void goesOnWhereAnotherNodeHasWrittenMeanwhile() {
        increase(node, "overtaken", "ours");
        increase(otherNode, "overtaken", "theirs");

        // What is in our cache is stale by now.
        increase(node, "overtaken", "ours again");

        assertThat(counts("overtaken")).containsExactly(1L, 2L, 3L);
    }

    @Test
    void readsWhatAGroupNeedsHoweverLongItsHistory() {
        // Of the other node, so that none of it is in the cache here.
        IntStream.range(0, 30)
                .forEach(i -> IntStream.range(i, 30).forEach(j -> increase(otherNode, "ahead-" + j, "theirs")));

        assertThat(together(IntStream.range(0, 31).mapToObj(i -> new IncreaseCounter("ahead-" + i, "ours"))))
                .allSatisfy(answer -> assertThat(answer).succeedsWithin(10, SECONDS));

        IntStream.range(0, 30)
                .forEach(i -> assertThat(counts("ahead-" + i))
                        .containsExactlyElementsOf(
                                LongStream.rangeClosed(1, i + 2).boxed().toList()));
        assertThat(counts("ahead-30")).containsExactly(1L);
        assertThat(node.jdbc()
                        .sql("select count(distinct xmin::text) from domain_event_entry"
                                + " where aggregate_identifier like 'ahead-%' and payload::text like ?")
                        .param("%" + hex("ours") + "%")
                        .query(Integer.class)
                        .single())
                .isOne();
    }

    private static String hex(String text) {
        return HexFormat.of().formatHex(text.getBytes(UTF_8));
    }

    @Test
    void neverRefusesOnTheStaleStateOfItsCache() {
        increase(node, "stale", "ours");
        assertThat(send(node, new ResetCounter("stale"))).succeedsWithin(10, SECONDS);
        increase(otherNode, "stale", "theirs");

        // To us it is at 0 still, which we would refuse.
        assertThat(send(node, new ResetCounter("stale"))).succeedsWithin(10, SECONDS);
    }

    @Test
    void losesNoUpdateWhereTwoNodesHammerOneAggregate() {
        int perClient = 50;
        ExecutorService clients = Executors.newFixedThreadPool(4);
        List<CompletableFuture<Void>> done = Stream.of(node, node, otherNode, otherNode)
                .map(target -> CompletableFuture.runAsync(
                        () -> IntStream.range(0, perClient).forEach(i -> increase(target, "hammered", "hit")), clients))
                .toList();

        assertThat(CompletableFuture.allOf(done.toArray(CompletableFuture[]::new)))
                .succeedsWithin(40, SECONDS);
        clients.shutdown();
        assertThat(sequences("hammered"))
                .containsExactlyElementsOf(
                        LongStream.range(0, 4L * perClient).boxed().toList());
        assertThat(counts("hammered"))
                .containsExactlyElementsOf(
                        LongStream.rangeClosed(1, 4L * perClient).boxed().toList());
    }

    @Test
    void letsTwoNodesCreateTheSameAggregateAtTheSameTime() {
        List<CompletableFuture<Object>> answers = IntStream.range(0, 20)
                .mapToObj(i -> Stream.of(
                        send(node, new IncreaseCounter("born-" + i, "ours")),
                        send(otherNode, new IncreaseCounter("born-" + i, "theirs"))))
                .flatMap(pair -> pair)
                .toList();

        assertThat(answers).allSatisfy(answer -> assertThat(answer).succeedsWithin(20, SECONDS));
        IntStream.range(0, 20).forEach(i -> assertThat(counts("born-" + i)).containsExactly(1L, 2L));
    }

    @Test
    void refusesACommandToACounterThatIsUnknown() {
        CompletableFuture<Object> answer = send(node, new ResetCounter("unknown"));

        assertThat(answer).failsWithin(10, SECONDS);
        assertThat(TransientFailures.refusal(
                        answer.<Throwable>handle((result, failure) -> failure).join()))
                .contains(new Refusal(Refusal.Code.UNKNOWN, "There is no unknown."));
    }

    @Test
    void storesTheOriginOfEachEventOfAGroup() {
        List<CommandMessage<IncreaseCounter>> commands = IntStream.range(0, 3)
                .<CommandMessage<IncreaseCounter>>mapToObj(i -> new GenericCommandMessage<>(
                        new IncreaseCounter("traced", "command-" + i),
                        Map.of(Correlation.CORRELATION_ID, "request-" + i, Correlation.USER_ID, "user-" + i)))
                .toList();

        assertThat(together(commands.stream()))
                .allSatisfy(answer -> assertThat(answer).succeedsWithin(10, SECONDS));

        assertThat(transactionsOf("traced")).isOne();
        assertThat(texts("traced", "meta_data", "causationId"))
                .containsExactlyElementsOf(
                        commands.stream().map(CommandMessage::getIdentifier).toList());
        assertThat(texts("traced", "meta_data", "correlationId"))
                .containsExactly("request-0", "request-1", "request-2");
        assertThat(texts("traced", "meta_data", "userId")).containsExactly("user-0", "user-1", "user-2");
    }

    @Test
    void goesOnAfterTheDatabaseBrokeItsConnections() {
        increase(node, "broken", "before");
        node.get(CountingRules.class).set(command -> {
            if (command.reason().equals("break")) {
                endConnections();
            }
        });

        assertThat(send(node, new IncreaseCounter("broken", "break"))).failsWithin(20, SECONDS);
        node.get(CountingRules.class).set(command -> {});

        // The pool still hands out connections that were alive a moment ago.
        Awaitility.await()
                .untilAsserted(() -> assertThat(send(node, new IncreaseCounter("broken", "after")))
                        .succeedsWithin(10, SECONDS));
        // Whatever failed until then has left nothing.
        assertThat(reasons("broken")).containsExactly("before", "after");
        Stream.of(node, otherNode).forEach(GroupingCommandBusIT::forgetConnections);
    }

    private static void forgetConnections(PlatformNode target) {
        target.get(HikariDataSource.class).getHikariPoolMXBean().softEvictConnections();
    }

    /** All of them but the one that is used for it. */
    private static void endConnections() {
        CompletableFuture.runAsync(() -> otherNode
                        .jdbc()
                        .sql("select count(pg_terminate_backend(pid)) from pg_stat_activity"
                                + " where datname = current_database() and pid <> pg_backend_pid()")
                        .query(Integer.class)
                        .single())
                .join();
    }

    /** Sends all of them while the one lane is busy, so that they are handled in one group. */
    private static List<CompletableFuture<Object>> together(Stream<?> commands) {
        CountDownLatch busy = new CountDownLatch(1);
        CountDownLatch go = new CountDownLatch(1);
        CountingRules rules = node.get(CountingRules.class);
        rules.setFirst(command -> {
            busy.countDown();
            await(go);
        });
        CompletableFuture<Object> first = send(node, new IncreaseCounter("first", "test"));
        await(busy);
        List<CompletableFuture<Object>> answers =
                commands.map(command -> send(node, command)).toList();
        go.countDown();
        assertThat(first).succeedsWithin(10, SECONDS);
        return answers;
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(10, SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void increase(PlatformNode target, String counterId, String reason) {
        assertThat(send(target, new IncreaseCounter(counterId, reason))).succeedsWithin(30, SECONDS);
    }

    private static CompletableFuture<Object> send(PlatformNode target, Object command) {
        return target.get(CommandGateway.class).send(command);
    }

    private static int transactionsOf(String counterIds) {
        return node.jdbc()
                .sql("select count(distinct xmin::text) from domain_event_entry where aggregate_identifier like ?")
                .param(counterIds)
                .query(Integer.class)
                .single();
    }

    private static List<Long> sequences(String counterId) {
        return node.jdbc()
                .sql("select sequence_number from domain_event_entry where aggregate_identifier = ? order by 1")
                .param(counterId)
                .query(Long.class)
                .list();
    }

    private static List<Long> counts(String counterId) {
        return texts(counterId, "payload", "count").stream().map(Long::valueOf).toList();
    }

    private static List<String> reasons(String counterId) {
        return texts(counterId, "payload", "reason");
    }

    private static List<String> texts(String counterId, String column, String key) {
        return node.jdbc()
                .sql("select convert_from(" + column + ", 'UTF8')::jsonb ->> ? from domain_event_entry"
                        + " where aggregate_identifier = ? order by sequence_number")
                .params(key, counterId)
                .query(String.class)
                .list();
    }
}
