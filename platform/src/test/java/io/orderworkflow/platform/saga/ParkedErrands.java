package io.orderworkflow.platform.saga;

import static org.awaitility.Awaitility.await;

import io.orderworkflow.api.Refusal;
import io.orderworkflow.api.admin.ParkedStepAction;
import io.orderworkflow.platform.AdjustableClock;
import io.orderworkflow.platform.CommandRefusedException;
import io.orderworkflow.platform.PlatformNode;
import io.orderworkflow.platform.counter.Counting;
import io.orderworkflow.platform.counter.CountingRules;
import io.orderworkflow.platform.messaging.CommandBatch;
import io.orderworkflow.platform.postgres.ThrowawayPostgres;
import io.orderworkflow.platform.saga.Errand.Trouble;
import io.orderworkflow.platform.saga.ErrandEvents.ErrandBegun;
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
import org.junit.jupiter.api.Timeout;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * Errands, some of which fail, from the event store through a processor of several segments to their rows. The nodes
 * that run them share a database and a clock.
 */
@Timeout(120)
abstract class ParkedErrands {

    static final Instant START = Instant.parse("2026-11-21T10:00:00Z");
    static final Operator ADA = new Operator("ada", "request-1");

    private static final List<String> PROPERTIES = List.of(
            "order-workflow.processing.processors.errands.segments=3",
            "order-workflow.processing.processors.errands.threads=3",
            "order-workflow.saga.parking.retries=3",
            "order-workflow.saga.parking.first-interval=1s",
            "order-workflow.saga.parking.longest-interval=3s");

    final String database = ThrowawayPostgres.newDatabase();
    final AdjustableClock clock = new AdjustableClock(START);
    private final List<PlatformNode> nodes = new ArrayList<>();
    private final Map<String, Long> published = new HashMap<>();
    PlatformNode node;

    @BeforeEach
    void startNode() {
        node = newNode();
    }

    @AfterEach
    void stopNodes() {
        nodes.forEach(PlatformNode::close);
    }

    PlatformNode newNode() {
        // What the nodes share that is not in the database.
        Errands.clock = clock;
        PlatformNode started = PlatformNode.with(PROPERTIES, database, Counting.class, Errands.class);
        nodes.add(started);
        return started;
    }

    void restart() {
        node.close();
        nodes.remove(node);
        node = newNode();
    }

    /** Makes a task fail, in one of several ways. */
    void cause(String trouble) {
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

    void begin(int errands) {
        publish(IntStream.range(0, errands).mapToObj(i -> new ErrandBegun("e-" + i)));
    }

    static Stream<TaskSet> tasks(int errands, String task) {
        return IntStream.range(0, errands).mapToObj(i -> task("e-" + i, task));
    }

    static TaskSet task(String errand, String task) {
        return new TaskSet(errand, task);
    }

    void publish(Object... events) {
        publish(Stream.of(events));
    }

    void publish(Stream<?> events) {
        node.get(EventGateway.class)
                .publish(events.map(event -> {
                            String errand = ErrandEvents.errandOf(event);
                            long number = published.merge(errand, 1L, Long::sum) - 1;
                            return new GenericDomainEventMessage<>("Errand", "errand:" + errand, number, event);
                        })
                        .toList());
    }

    int decide(ToIntFunction<ParkedSteps> decision) {
        return node.get(TransactionManager.class)
                .fetchInTransaction(() -> decision.applyAsInt(node.get(ParkedSteps.class)));
    }

    List<ParkedStep> parked() {
        return node.get(ParkedSteps.class).find(Selection.ALL, null, 0, 1000);
    }

    List<ParkedStepAction> actions(String errand) {
        return node.get(ParkedSteps.class).actions(List.of(errand)).getOrDefault(errand, List.of());
    }

    List<String> parkedEvents(String errand) {
        return node.jdbc().sql("""
                        select coalesce(convert_from(payload, 'UTF8')::jsonb ->> 'task', 'begin') from parked_event
                        join domain_event_entry using (event_identifier) where sequence = ? order by position
                        """).param(errand).query(String.class).list();
    }

    List<String> done(String errand) {
        return node.jdbc().sql("""
                        select jsonb_array_elements_text(convert_from(state, 'UTF8')::jsonb -> 'done') from saga_entry
                        where association = ?
                        """).param(errand).query(String.class).list();
    }

    List<String> errandsWith(String task) {
        return node.jdbc()
                .sql(
                        "select association from saga_entry where convert_from(state, 'UTF8')::jsonb -> 'done' @> to_jsonb(?)")
                .param(task)
                .query(String.class)
                .list();
    }

    List<String> counted(String errand) {
        return node.jdbc()
                .sql("""
                        select convert_from(payload, 'UTF8')::jsonb ->> 'reason' from domain_event_entry
                        where aggregate_identifier = ? order by sequence_number
                        """)
                .param("counter-" + errand)
                .query(String.class)
                .list();
    }

    static void eventually(ThrowingRunnable assertion) {
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
