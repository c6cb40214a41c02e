package io.orderworkflow.platform;

import static java.util.concurrent.TimeUnit.MINUTES;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.orderworkflow.platform.counter.Counting;
import io.orderworkflow.platform.counter.CountingRules;
import io.orderworkflow.platform.counter.IncreaseCounter;
import io.orderworkflow.platform.messaging.Correlation;
import io.orderworkflow.platform.messaging.GroupingCommandBus;
import io.orderworkflow.platform.messaging.MessageSerializer;
import io.orderworkflow.platform.postgres.ThrowawayPostgres;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.stream.IntStream;
import javax.sql.DataSource;
import org.axonframework.commandhandling.CommandBus;
import org.axonframework.commandhandling.gateway.CommandGateway;
import org.axonframework.common.jdbc.PersistenceExceptionResolver;
import org.axonframework.common.transaction.TransactionManager;
import org.axonframework.config.Configuration;
import org.axonframework.config.Configurer;
import org.axonframework.deadline.DeadlineManager;
import org.axonframework.eventhandling.tokenstore.TokenStore;
import org.axonframework.eventhandling.tokenstore.jdbc.JdbcTokenStore;
import org.axonframework.eventsourcing.eventstore.EventStorageEngine;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.axonframework.eventsourcing.eventstore.jdbc.JdbcEventStorageEngine;
import org.axonframework.messaging.NoScopeDescriptor;
import org.axonframework.queryhandling.QueryGateway;
import org.axonframework.queryhandling.QueryHandler;
import org.axonframework.spring.messaging.unitofwork.SpringTransactionManager;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.boot.task.ThreadPoolTaskExecutorBuilder;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.test.util.ReflectionTestUtils;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/** Axon as Spring Boot's auto-configurations, Axon's and ours put it together, without Axon Server. */
@Timeout(60)
class PlatformWiringIT {

    private static String database;
    private static PlatformNode node;
    private static Configuration axon;

    @BeforeAll
    static void startNode() {
        database = ThrowawayPostgres.newDatabase();
        node = PlatformNode.on(database, Counting.class, TransactionTeller.class);
        axon = node.get(Configuration.class);
    }

    @AfterAll
    static void stopNode() {
        node.close();
    }

    @Test
    void handlesCommandsInGroups() {
        assertThat(axon.commandBus()).isInstanceOf(GroupingCommandBus.class);
        assertThat(node.get(CommandBus.class)).isSameAs(axon.commandBus());
        assertThat(node.get(CommandGateway.class).send(new IncreaseCounter("wired", "test")))
                .succeedsWithin(10, SECONDS);
    }

    @Test
    void beginsTransactionsThroughTheOneTransactionManager() {
        assertThat(node.context()
                        .getBeansOfType(PlatformTransactionManager.class)
                        .values())
                .singleElement()
                .isInstanceOfSatisfying(
                        JdbcTransactionManager.class,
                        manager -> assertThat(manager.getDataSource()).isSameAs(node.get(DataSource.class)));
        assertThat(node.get(TransactionManager.class)).isInstanceOf(SpringTransactionManager.class);
        assertThat(axon.getComponent(TransactionManager.class)).isSameAs(node.get(TransactionManager.class));
    }

    @Test
    void keepsEventsAndTokensThroughJdbc() {
        assertThat(axon.eventStore()).isSameAs(node.get(EventStore.class));
        assertThat(node.get(EventStorageEngine.class)).isInstanceOf(JdbcEventStorageEngine.class);
        assertThat(node.get(TokenStore.class)).isInstanceOf(JdbcTokenStore.class);
        assertThat(axon.getComponent(TokenStore.class)).isSameAs(node.get(TokenStore.class));
        assertThat(node.context().getBeansOfType(PersistenceExceptionResolver.class))
                .containsOnlyKeys("persistenceExceptionResolver");
    }

    @Test
    void writesEverythingWithOneSerializer() {
        assertThat(axon.serializer()).isInstanceOf(MessageSerializer.class);
        assertThat(axon.eventSerializer()).isSameAs(axon.serializer());
        assertThat(axon.messageSerializer()).isSameAs(axon.serializer());
    }

    @Test
    void tracesMessagesInOneWay() {
        assertThat(axon.correlationDataProviders()).singleElement().isInstanceOf(Correlation.class);
    }

    @Test
    void offersNoDeadlinesThatWouldBeLostWithTheProcess() {
        DeadlineManager deadlines = axon.deadlineManager();

        assertThat(deadlines).isSameAs(node.get(DeadlineManager.class));
        assertThatThrownBy(() -> deadlines.schedule(Instant.EPOCH, "payment", null, NoScopeDescriptor.INSTANCE))
                .hasMessageContaining("CommandSchedule");
    }

    @Test
    void leavesSpringBootItsExecutor() {
        assertThat(node.context().getBeansOfType(Executor.class)).containsKey("applicationTaskExecutor");
        assertThat(node.context().getBeansOfType(ThreadPoolTaskExecutorBuilder.class))
                .hasSize(1);
    }

    @Test
    void countsInOneMeterRegistry() {
        assertThat(node.context().getBeansOfType(MeterRegistry.class).values())
                .singleElement()
                .isInstanceOf(PrometheusMeterRegistry.class);
        node.get(CommandGateway.class).sendAndWait(new IncreaseCounter("counted", "test"));
        assertThat(node.get(MeterRegistry.class)
                        .get("order.workflow.messages")
                        .tags("component", "commandBus", "type", "IncreaseCounter", "outcome", "handled")
                        .timer()
                        .count())
                .isPositive();
    }

    @Test
    void givesABatchTheTimeToEndBeforeTheProcessDoes() {
        // Not to be asked for; and to see it would take the five seconds that are Axon's default.
        assertThat(ReflectionTestUtils.getField(node.get(Configurer.class), "lifecyclePhaseTimeout"))
                .isEqualTo(30L);
    }

    @Test
    void holdsNoConnectionForAQueryThatNeedsNone() {
        assertThat(node.get(QueryGateway.class).query(new IsInTransaction(), Boolean.class))
                .succeedsWithin(10, SECONDS)
                .isEqualTo(false);
    }

    @Test
    void endsACommandThatTakesTooLongAndGoesOnWithTheNext() {
        List<String> limit =
                List.of("axon.timeout.transaction.command-bus.timeout-ms=300", "order-workflow.commands.lanes=1");
        try (PlatformNode impatient = PlatformNode.with(limit, database, Counting.class)) {
            CommandGateway commands = impatient.get(CommandGateway.class);
            impatient.get(CountingRules.class).set(command -> {
                if (command.reason().equals("hangs")) {
                    hang();
                }
            });

            assertThat(commands.send(new IncreaseCounter("slow", "hangs"))).failsWithin(10, SECONDS);
            assertThat(commands.send(new IncreaseCounter("slow", "goes on"))).succeedsWithin(10, SECONDS);
        }
    }

    private static void hang() {
        try {
            boolean unused = new CountDownLatch(1).await(1, MINUTES);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }

    @Test
    void answersWhatIsWaitingBeforeItStops() {
        List<CompletableFuture<Object>> answers;
        try (PlatformNode stopping = PlatformNode.on(database, Counting.class)) {
            CommandGateway commands = stopping.get(CommandGateway.class);
            answers = IntStream.range(0, 500)
                    .mapToObj(i -> commands.send(new IncreaseCounter("stopping-" + i % 10, "test")))
                    .toList();
        }

        assertThat(answers).allSatisfy(answer -> assertThat(answer).isCompleted());
        assertThat(node.jdbc()
                        .sql("select count(*) from domain_event_entry where aggregate_identifier like 'stopping-%'")
                        .query(Integer.class)
                        .single())
                .isEqualTo(500);
    }

    /** Asks whether its handler runs in a transaction. */
    record IsInTransaction() {}

    static class TransactionTeller {

        @QueryHandler
        boolean handle(IsInTransaction query) {
            return TransactionSynchronizationManager.isActualTransactionActive();
        }
    }
}
