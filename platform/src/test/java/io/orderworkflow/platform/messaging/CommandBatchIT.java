package io.orderworkflow.platform.messaging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.orderworkflow.platform.PlatformNode;
import io.orderworkflow.platform.counter.Counting;
import io.orderworkflow.platform.counter.CountingRules;
import io.orderworkflow.platform.counter.IncreaseCounter;
import io.orderworkflow.platform.postgres.ThrowawayPostgres;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.axonframework.commandhandling.gateway.CommandGateway;
import org.axonframework.config.ProcessingGroup;
import org.axonframework.eventhandling.EventHandler;
import org.axonframework.eventhandling.EventMessage;
import org.axonframework.eventhandling.GenericEventMessage;
import org.axonframework.eventhandling.gateway.EventGateway;
import org.axonframework.messaging.unitofwork.BatchingUnitOfWork;
import org.axonframework.messaging.unitofwork.UnitOfWork;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.JdbcTemplate;

/** Commands that a pooled processor sends, batch by batch, over a real database. */
@Timeout(60)
class CommandBatchIT {

    private static final int EVENTS = 100;
    private static final Duration TIME_LIMIT = Duration.ofSeconds(1);

    private PlatformNode node;

    @BeforeEach
    void startNode() {
        node = PlatformNode.on(ThrowawayPostgres.newDatabase(), Counting.class, Forwarding.class);
    }

    @AfterEach
    void stopNode() {
        node.close();
    }

    @Test
    void keepsNothingOfABatchUntilAllOfItsCommandsWereHandled() {
        AtomicInteger failures = new AtomicInteger();
        node.get(CountingRules.class).set(command -> {
            if (command.reason().equals("event-42")) {
                failures.incrementAndGet();
                throw new IllegalStateException("not yet");
            }
        });

        publishAll();
        // Handled again and again, each time all that was not committed.
        await().atMost(Duration.ofSeconds(20))
                .untilAtomic(failures, count -> assertThat(count).isGreaterThan(2));
        assertThat(noted()).doesNotContain("event-42");
        node.get(CountingRules.class).set(command -> {});

        await().atMost(Duration.ofSeconds(20))
                .untilAsserted(() -> assertThat(noted()).hasSize(EVENTS));
        assertThat(noted()).containsExactlyElementsOf(reasons());
        assertThat(reached()).containsAll(reasons());
        assertThat(node.get(Notebook.class).largestBatch).hasValueGreaterThan(1);
    }

    @Test
    void handlesABatchAgainWhoseCommandsAnswerTooLate() {
        AtomicInteger attempts = new AtomicInteger();
        CountDownLatch never = new CountDownLatch(1);
        node.get(CountingRules.class).set(command -> {
            if (command.reason().equals("event-42") && attempts.incrementAndGet() == 1) {
                waitFor(never, TIME_LIMIT.multipliedBy(2));
            }
        });

        publishAll();

        await().atMost(Duration.ofSeconds(20))
                .untilAsserted(() -> assertThat(noted()).hasSize(EVENTS));
        assertThat(noted()).containsExactlyElementsOf(reasons());
        // That of the first time was only late, not lost: its receiver has to bear it twice.
        assertThat(attempts).hasValueGreaterThan(1);
    }

    @Test
    void handsTheOriginOnFromTheRequestToTheLastEvent() {
        GenericEventMessage<Object> event = new GenericEventMessage<>(
                new Forwarded("event-0"), Map.of(Correlation.CORRELATION_ID, "request-1", Correlation.USER_ID, "ada"));
        node.get(EventGateway.class).publish(event);

        await().untilAsserted(() ->
                assertThat(node.jdbc().sql("""
                                select concat_ws(' ', data ->> 'correlationId', data ->> 'userId') from
                                (select convert_from(meta_data, 'UTF8')::jsonb from domain_event_entry
                                 where payload_type like '%CounterIncreased') as events (data)
                                """).query(String.class).list()).containsExactly("request-1 ada"));
    }

    private void publishAll() {
        node.get(EventGateway.class)
                .publish(reasons().stream().map(Forwarded::new).toList());
    }

    private static List<String> reasons() {
        return IntStream.range(0, EVENTS).mapToObj(i -> "event-" + i).toList();
    }

    private List<String> noted() {
        return node.jdbc()
                .sql("select reason from notebook order by position")
                .query(String.class)
                .list();
    }

    private List<String> reached() {
        return node.jdbc()
                .sql("select convert_from(payload, 'UTF8')::jsonb ->> 'reason' from domain_event_entry"
                        + " where payload_type like '%CounterIncreased'")
                .query(String.class)
                .list();
    }

    private static void waitFor(CountDownLatch latch, Duration time) {
        try {
            boolean unused = latch.await(time.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Something for somebody else to count. */
    record Forwarded(String reason) {}

    @Configuration(proxyBeanMethods = false)
    @Import(Notebook.class)
    static class Forwarding {

        @Bean
        CommandBatch commandBatch(CommandGateway gateway) {
            return new CommandBatch(gateway, TIME_LIMIT);
        }
    }

    /** Notes every event in the transaction of its batch, and has it counted elsewhere. */
    @ProcessingGroup("forwarding")
    static class Notebook {

        private final JdbcTemplate jdbc;
        private final AtomicInteger largestBatch = new AtomicInteger();

        Notebook(JdbcTemplate jdbc) {
            this.jdbc = jdbc;
            jdbc.execute("create table notebook (position bigserial, reason text)");
        }

        @EventHandler
        void on(Forwarded event, UnitOfWork<EventMessage<?>> unitOfWork, CommandBatch commands) {
            int size = ((BatchingUnitOfWork<?>) unitOfWork).getMessages().size();
            largestBatch.accumulateAndGet(size, Math::max);
            jdbc.update("insert into notebook (reason) values (?)", event.reason());
            commands.send(new IncreaseCounter("counter-" + event.reason().hashCode() % 5, event.reason()));
        }
    }
}
