package io.orderworkflow.platform.saga;

import static io.orderworkflow.platform.saga.ParkedStep.State.PARKED;
import static io.orderworkflow.platform.saga.ParkedStep.State.RETRYING;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.orderworkflow.api.Refusal;
import io.orderworkflow.platform.AdjustableClock;
import io.orderworkflow.platform.CommandRefusedException;
import io.orderworkflow.platform.PlatformNode;
import io.orderworkflow.platform.counter.Counting;
import io.orderworkflow.platform.counter.CountingRules;
import io.orderworkflow.platform.messaging.CommandBatch;
import io.orderworkflow.platform.postgres.ThrowawayPostgres;
import io.orderworkflow.platform.saga.Errand.Trouble;
import io.orderworkflow.platform.saga.ErrandEvents.ErrandBegun;
import io.orderworkflow.platform.saga.ErrandEvents.ErrandEnded;
import io.orderworkflow.platform.saga.ErrandEvents.TaskSet;
import io.orderworkflow.platform.saga.ParkedSteps.Operator;
import io.orderworkflow.platform.saga.ParkedSteps.Selection;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.ToIntFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.awaitility.core.ThrowingRunnable;
import org.axonframework.commandhandling.gateway.CommandGateway;
import org.axonframework.common.transaction.TransactionManager;
import org.axonframework.config.ConfigurerModule;
import org.axonframework.eventhandling.GenericDomainEventMessage;
import org.axonframework.eventhandling.gateway.EventGateway;
import org.axonframework.serialization.Serializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.health.contributor.Status;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.dao.TransientDataAccessResourceException;
import org.springframework.jdbc.core.JdbcTemplate;

/** Sagas of which some fail, from the event store through a processor of several segments to their rows. */
@Timeout(120)
class ParkedStepsIT {

    private static final Instant START = Instant.parse("2026-11-21T10:00:00Z");
    private static final Operator ADA = new Operator("ada", "request-1");
    private static final List<String> PROPERTIES = List.of(
            "order-workflow.processing.processors.errands.segments=3",
            "order-workflow.processing.processors.errands.threads=3",
            "order-workflow.saga.parking.retries=3",
            "order-workflow.saga.parking.first-interval=1s",
            "order-workflow.saga.parking.longest-interval=3s");

    private final String database = ThrowawayPostgres.newDatabase();
    private final AdjustableClock clock = new AdjustableClock(START);
    private final List<PlatformNode> nodes = new ArrayList<>();
    private final Map<String, Long> published = new HashMap<>();
    private PlatformNode node;

    @BeforeEach
    void startNode() {
        node = newNode();
    }

    @AfterEach
    void stopNodes() {
        nodes.forEach(PlatformNode::close);
    }

    private PlatformNode newNode() {
        // What the nodes share that is not in the database.
        Errands.clock = clock;
        PlatformNode started = PlatformNode.with(PROPERTIES, database, Counting.class, Errands.class);
        nodes.add(started);
        return started;
    }

    private void restart() {
        node.close();
        nodes.remove(node);
        node = newNode();
    }

    @ParameterizedTest
    @ValueSource(strings = {"bug", "refused", Trouble.UNWRITABLE})
    void parksAnErrandThatFailsWhileAllOthersGoOn(String trouble) {
        cause(trouble);

        begin(100);
        publish(tasks(100, "first"));
        publish(tasks(100, "second")
                .map(task -> task.errandId().endsWith("7") ? task(task.errandId(), trouble) : task));
        publish(tasks(100, "third"));

        eventually(() -> assertThat(done("e-8")).containsExactly("first", "second", "third"));
        eventually(() -> assertThat(errandsWith("third")).hasSize(90));
        assertThat(node.get(ParkedSteps.class).count(Selection.ALL, null)).isEqualTo(10);
        assertThat(counted("e-8")).containsExactly("first", "second", "third");
        assertThat(scheduled()).contains("errand/e-8");
        eventually(() -> assertThat(parked())
                .hasSize(10)
                .allSatisfy(step -> assertThat(step.sequence()).endsWith("7"))
                .allSatisfy(step -> assertThat(step.state()).isEqualTo(RETRYING)));
        assertThat(parkedEvents("e-7")).endsWith(trouble, "third");
    }

    @Test
    void handlesAParkedErrandInOrderByItselfOnceItCan() {
        cause("bug");
        begin(2);
        publish(task("e-0", "first"), task("e-0", "bug"), task("e-0", "third"), task("e-1", "first"));
        eventually(() -> assertThat(parkedEvents("e-0")).endsWith("bug", "third"));
        publish(task("e-0", "fourth"), task("e-1", "second"));
        eventually(() -> assertThat(parkedEvents("e-0")).endsWith("bug", "third", "fourth"));
        node.get(Trouble.class).repair("bug");

        clock.advance(Duration.ofMinutes(1));

        eventually(() -> assertThat(done("e-0")).containsExactly("first", "bug", "third", "fourth"));
        eventually(() -> assertThat(parked()).isEmpty());
        assertThat(counted("e-0")).endsWith("third", "fourth");
        publish(task("e-0", "fifth"), new ErrandEnded("e-1"));
        eventually(() -> assertThat(done("e-0")).endsWith("fourth", "fifth"));
        eventually(() -> assertThat(states()).hasSize(1));
    }

    @Test
    void triesAgainWithGrowingIntervalsAndAtLastWaitsForAnOperator() {
        AtomicInteger tries = new AtomicInteger();
        begin(1);
        publish(task("e-0", "first"));
        eventually(() -> assertThat(done("e-0")).containsExactly("first"));
        node.get(Trouble.class).with("bug", task -> {
            tries.incrementAndGet();
            throw new IllegalStateException("a bug");
        });
        publish(task("e-0", "bug"), task("e-0", "third"));

        for (Duration interval : List.of(Duration.ofSeconds(1), Duration.ofSeconds(2), Duration.ofSeconds(3))) {
            eventually(() -> assertThat(parked())
                    .extracting(ParkedStep::state, ParkedStep::nextTryAt)
                    .containsExactly(tuple(RETRYING, clock.instant().plus(interval))));
            int before = tries.get();
            clock.advance(interval.minusMillis(1));
            tryDue();
            assertThat(tries).hasValue(before);
            clock.advance(Duration.ofMillis(1));
            eventually(() -> assertThat(tries).hasValue(before + 1));
        }

        eventually(() -> assertThat(parked()).singleElement().satisfies(step -> {
            assertThat(step.state()).isEqualTo(PARKED);
            assertThat(step.nextTryAt()).isNull();
            assertThat(step.attempts()).isEqualTo(4);
            assertThat(step.event()).isEqualTo("TaskSet");
            assertThat(step.cause()).isEqualTo("IllegalStateException");
            assertThat(step.message()).isEqualTo("a bug");
            assertThat(step.waiting()).isOne();
            assertThat(step.since()).isEqualTo(START);
        }));
        clock.advance(Duration.ofDays(1));
        tryDue();
        assertThat(tries).hasValue(4);

        assertThat(decide(steps -> steps.retry(Selection.ofSequence("e-0"), ADA, clock.instant())))
                .isOne();
        eventually(() -> assertThat(parked())
                .extracting(ParkedStep::state, ParkedStep::attempts)
                .containsExactly(tuple(PARKED, 5)));
        node.get(Trouble.class).repair("bug");
        assertThat(decide(steps -> steps.retry(Selection.ofCause("IllegalStateException"), ADA, clock.instant())))
                .isOne();

        eventually(() -> assertThat(done("e-0")).containsExactly("first", "bug", "third"));
        assertThat(actions("e-0"))
                .hasSize(2)
                .allSatisfy(action -> assertThat(action)
                        .extracting(
                                ParkedStepAction::kind,
                                ParkedStepAction::userId,
                                ParkedStepAction::correlationId,
                                ParkedStepAction::cause,
                                ParkedStepAction::events)
                        .containsExactly(
                                ParkedStepAction.Kind.RETRY,
                                "ada",
                                "request-1",
                                "IllegalStateException",
                                List.of("TaskSet")));
    }

    @Test
    void leavesOutWhatAnOperatorDiscards() {
        cause("bug");
        cause("refused");
        begin(3);
        publish(task("e-0", "bug"), task("e-0", "second"), task("e-1", "bug"), task("e-1", "second"));
        publish(task("e-2", "refused"));
        eventually(() -> assertThat(parkedEvents("e-0")).endsWith("bug", "second"));
        eventually(() -> assertThat(parkedEvents("e-1")).endsWith("bug", "second"));
        // The errands may have begun in the same batch: that is handled at the first try.
        clock.advance(Duration.ofSeconds(1));
        eventually(() -> assertThat(parkedEvents("e-0")).containsExactly("bug", "second"));
        eventually(() -> assertThat(parkedEvents("e-1")).containsExactly("bug", "second"));
        eventually(() -> assertThat(parked())
                .allSatisfy(step -> assertThat(step.attempts()).isPositive()));

        assertThat(decide(
                        steps -> steps.discard(Selection.ofSequence("e-0"), false, ADA, "not needed", clock.instant())))
                .isOne();
        assertThat(decide(steps -> steps.discard(
                        Selection.ofCause("IllegalStateException"), true, ADA, "all wrong", clock.instant())))
                .isOne();

        eventually(() -> assertThat(done("e-0")).containsExactly("second"));
        eventually(() -> assertThat(parked()).extracting(ParkedStep::sequence).containsExactly("e-2"));
        assertThat(done("e-1")).isEmpty();
        publish(task("e-1", "third"));
        eventually(() -> assertThat(done("e-1")).containsExactly("third"));
        assertThat(actions("e-0"))
                .extracting(ParkedStepAction::kind, ParkedStepAction::events, ParkedStepAction::reason)
                .containsExactly(tuple(ParkedStepAction.Kind.DISCARD, List.of("TaskSet"), "not needed"));
        assertThat(actions("e-1"))
                .extracting(ParkedStepAction::kind, ParkedStepAction::events, ParkedStepAction::reason)
                .containsExactly(tuple(ParkedStepAction.Kind.DISCARD_ALL, List.of("TaskSet", "TaskSet"), "all wrong"));
    }

    @Test
    void parksNothingForAFaultThatPassesAndHitsEverybody() {
        AtomicInteger faults = new AtomicInteger();
        node.get(Trouble.class).with("hiccup", task -> {
            if (faults.incrementAndGet() <= 2) {
                throw new TransientDataAccessResourceException("the database is away");
            }
        });

        begin(10);
        publish(tasks(10, "first"));
        publish(task("e-3", "hiccup"));

        eventually(() -> assertThat(done("e-3")).containsExactly("first", "hiccup"));
        assertThat(everParked()).isZero();
    }

    @Test
    void asksAgainForAsLongAsItTakesWhereOnlyOneAnswerIsLateAndLetsTheOthersGoOn() {
        CountDownLatch answered = new CountDownLatch(1);
        node.get(CountingRules.class).set(command -> {
            if (command.reason().equals("slow")) {
                waitFor(answered);
            }
        });
        begin(20);
        publish(Stream.concat(
                Stream.of(task("e-0", "slow"), task("e-0", "second")),
                tasks(20, "first").filter(task -> !task.errandId().equals("e-0"))));

        // Those that are on the same lane are late as well.
        eventually(() -> assertThat(errandsWith("first")).hasSizeGreaterThan(5));
        eventually(() -> {
            clock.advance(Duration.ofSeconds(3));
            assertThat(parked()).anySatisfy(step -> {
                assertThat(step.sequence()).isEqualTo("e-0");
                assertThat(step.attempts()).isGreaterThan(4);
                assertThat(step.cause()).isEqualTo("TimeoutException");
            });
        });
        assertThat(parked()).extracting(ParkedStep::state).containsOnly(RETRYING);
        answered.countDown();

        eventually(() -> {
            clock.advance(Duration.ofSeconds(3));
            assertThat(done("e-0")).containsExactly("slow", "second");
            assertThat(errandsWith("first")).hasSize(19);
            assertThat(parked()).isEmpty();
        });
    }

    @Test
    void goesOnWithWhatIsParkedAfterARestart() {
        cause("bug");
        begin(5);
        publish(tasks(5, "bug"));
        publish(tasks(5, "second"));
        eventually(() -> assertThat(parked()).hasSize(5));
        eventually(() -> assertThat(parkedEvents("e-4")).endsWith("bug", "second"));

        restart();
        publish(tasks(5, "third"));
        eventually(() -> assertThat(parkedEvents("e-4")).endsWith("bug", "second", "third"));
        clock.advance(Duration.ofSeconds(10));

        eventually(() -> assertThat(done("e-4")).containsExactly("bug", "second", "third"));
        eventually(() -> assertThat(parked()).isEmpty());
    }

    @Test
    void handlesEachParkedEventOnceThoughSeveralNodesTryAndMoreArrive() {
        PlatformNode other = newNode();
        Stream.of(node, other)
                .forEach(one -> one.get(Trouble.class).with("bug", task -> {
                    throw new IllegalStateException("a bug");
                }));
        begin(200);
        publish(tasks(200, "bug"));
        eventually(() -> assertThat(parked()).hasSize(200));
        Stream.of(node, other).forEach(one -> one.get(Trouble.class).repair("bug"));

        clock.advance(Duration.ofSeconds(10));
        IntStream.range(0, 10).forEach(i -> publish(tasks(200, "more-" + i)));

        List<String> all = Stream.concat(
                        Stream.of("bug"), IntStream.range(0, 10).mapToObj(i -> "more-" + i))
                .toList();
        eventually(() -> {
            // Those that failed once more before they were repaired.
            clock.advance(Duration.ofSeconds(3));
            assertThat(IntStream.range(0, 200).mapToObj(i -> done("e-" + i))).allMatch(all::equals);
        });
        eventually(() -> assertThat(parked()).isEmpty());
        assertThat(orphans()).isZero();
    }

    @Test
    void parksWhatCannotBeReadAndReadsItOnceItIsRepaired() {
        begin(2);
        publish(tasks(2, "first"));
        eventually(() -> assertThat(errandsWith("first")).hasSize(2));
        node.jdbc()
                .sql("update saga_entry set state = '[' where association = 'e-0'")
                .update();
        publish(tasks(2, "second"));

        eventually(() -> assertThat(done("e-1")).containsExactly("first", "second"));
        eventually(() -> assertThat(parked()).singleElement().satisfies(step -> {
            assertThat(step.sequence()).isEqualTo("e-0");
            assertThat(step.cause()).isEqualTo("SerializationException");
        }));
        node.jdbc()
                .sql("update saga_entry set state = convert_to('{\"errandId\":\"e-0\",\"done\":[]}', 'UTF8')"
                        + " where association = 'e-0'")
                .update();
        clock.advance(Duration.ofSeconds(1));

        eventually(() -> assertThat(done("e-0")).containsExactly("second"));
    }

    @Test
    void tellsHowManyStepsAreParkedAndForHowLong() {
        SimpleMeterRegistry meters = new SimpleMeterRegistry();
        node.get(ParkedStepMetrics.class).bindTo(meters);
        assertThat(meters.get("order.workflow.parked.steps.oldest").gauge().value())
                .isZero();
        cause("bug");
        begin(2);
        publish(tasks(2, "bug"));
        eventually(() -> assertThat(parked()).hasSize(2));

        clock.advance(Duration.ofMillis(500));

        assertThat(meters.get("order.workflow.parked.steps")
                        .tag("state", "retrying")
                        .gauge()
                        .value())
                .isEqualTo(2);
        assertThat(meters.get("order.workflow.parked.steps")
                        .tag("state", "parked")
                        .gauge()
                        .value())
                .isZero();
        assertThat(meters.get("order.workflow.parked.steps.oldest").gauge().value())
                .isEqualTo(0.5);
        var health = node.get(ParkedStepsHealthIndicator.class).health();
        assertThat(health.getStatus()).isEqualTo(Status.UP);
        assertThat(health.getDetails()).containsEntry("retrying", 2L).containsEntry("retryingSince", START);
    }

    /** Makes a task fail, in one of several ways. */
    private void cause(String trouble) {
        if (trouble.equals("refused")) {
            node.get(CountingRules.class).set(command -> {
                if (command.reason().equals("refused")) {
                    throw new CommandRefusedException(Refusal.Code.STOCK_RESERVED, "never");
                }
            });
        } else {
            node.get(Trouble.class).with(trouble, task -> {
                if (task.equals("bug")) {
                    throw new IllegalStateException("a bug");
                }
            });
        }
    }

    private void begin(int errands) {
        publish(IntStream.range(0, errands).mapToObj(i -> new ErrandBegun("e-" + i)));
    }

    private static Stream<TaskSet> tasks(int errands, String task) {
        return IntStream.range(0, errands).mapToObj(i -> task("e-" + i, task));
    }

    private static TaskSet task(String errand, String task) {
        return new TaskSet(errand, task);
    }

    private void publish(Object... events) {
        publish(Stream.of(events));
    }

    private void publish(Stream<?> events) {
        node.get(EventGateway.class)
                .publish(events.map(event -> {
                            String errand = ErrandEvents.errandOf(event);
                            long number = published.merge(errand, 1L, Long::sum) - 1;
                            return new GenericDomainEventMessage<>("Errand", "errand:" + errand, number, event);
                        })
                        .toList());
    }

    private static void waitFor(CountDownLatch latch) {
        try {
            boolean unused = latch.await(30, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** As the retrier does now and then. */
    private void tryDue() {
        node.get(SagaParking.class).retryDue();
    }

    private int decide(ToIntFunction<ParkedSteps> decision) {
        return node.get(TransactionManager.class)
                .fetchInTransaction(() -> decision.applyAsInt(node.get(ParkedSteps.class)));
    }

    private List<ParkedStep> parked() {
        return node.get(ParkedSteps.class).find(Selection.ALL, null, 0, 1000);
    }

    private List<ParkedStepAction> actions(String errand) {
        return node.get(ParkedSteps.class).actions(List.of(errand));
    }

    private List<String> parkedEvents(String errand) {
        return node.jdbc().sql("""
                        select coalesce(convert_from(payload, 'UTF8')::jsonb ->> 'task', 'begin') from parked_event
                        join domain_event_entry using (event_identifier) where sequence = ? order by position
                        """).param(errand).query(String.class).list();
    }

    private long everParked() {
        return node.jdbc()
                .sql("select coalesce(pg_sequence_last_value('parked_event_position_seq'), 0)")
                .query(Long.class)
                .single();
    }

    private long orphans() {
        return node.jdbc()
                .sql("select count(*) from parked_event")
                .query(Long.class)
                .single();
    }

    private List<String> done(String errand) {
        return node.jdbc().sql("""
                        select jsonb_array_elements_text(convert_from(state, 'UTF8')::jsonb -> 'done') from saga_entry
                        where association = ?
                        """).param(errand).query(String.class).list();
    }

    private List<String> errandsWith(String task) {
        return node.jdbc()
                .sql(
                        "select association from saga_entry where convert_from(state, 'UTF8')::jsonb -> 'done' @> to_jsonb(?)")
                .param(task)
                .query(String.class)
                .list();
    }

    private List<String> states() {
        return node.jdbc()
                .sql("select association from saga_entry")
                .query(String.class)
                .list();
    }

    private List<String> scheduled() {
        return node.jdbc()
                .sql("select name from scheduled_command")
                .query(String.class)
                .list();
    }

    private List<String> counted(String errand) {
        return node.jdbc()
                .sql("""
                        select convert_from(payload, 'UTF8')::jsonb ->> 'reason' from domain_event_entry
                        where aggregate_identifier = ? order by sequence_number
                        """)
                .param("counter-" + errand)
                .query(String.class)
                .list();
    }

    private static void eventually(ThrowingRunnable assertion) {
        await().atMost(Duration.ofSeconds(30)).untilAsserted(assertion);
    }

    @Configuration(proxyBeanMethods = false)
    static class Errands {

        private static Clock clock = Clock.systemUTC();

        @Bean
        Clock clock() {
            return clock;
        }

        @Bean
        Trouble trouble() {
            return new Trouble();
        }

        @Bean
        CommandBatch commandBatch(CommandGateway gateway) {
            return new CommandBatch(gateway, Duration.ofSeconds(1));
        }

        @Bean
        ConfigurerModule errandSaga(JdbcTemplate jdbc, Serializer serializer, SagaParking parking) {
            SagaRows<Errand> rows = new SagaRows<>(Errand.class, Errand.ERRAND_ID, jdbc, serializer);
            return configurer -> configurer.eventProcessing(processing -> processing.registerSaga(
                    Errand.class,
                    saga -> saga.configureSagaManager(axon -> parking.isolated(
                            Errand.class,
                            new BatchSagaRepository<>(
                                    Errand.class,
                                    rows,
                                    axon.parameterResolverFactory(),
                                    axon.handlerDefinition(Errand.class)),
                            event -> ErrandEvents.errandOf(event.getPayload()),
                            axon))));
        }
    }
}
