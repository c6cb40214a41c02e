package io.orderworkflow.platform.messaging;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import io.orderworkflow.api.Refusal;
import io.orderworkflow.platform.CommandRefusedException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ScheduledExecutorService;
import org.axonframework.axonserver.connector.AxonServerException;
import org.axonframework.axonserver.connector.ErrorCode;
import org.axonframework.axonserver.connector.command.AxonServerCommandDispatchException;
import org.axonframework.commandhandling.CommandExecutionException;
import org.axonframework.commandhandling.NoHandlerForCommandException;
import org.axonframework.commandhandling.SimpleCommandBus;
import org.axonframework.commandhandling.distributed.CommandDispatchException;
import org.axonframework.commandhandling.gateway.CommandGateway;
import org.axonframework.eventsourcing.eventstore.EventStoreException;
import org.axonframework.modelling.command.AggregateStreamCreationException;
import org.axonframework.modelling.command.ConcurrencyException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The gateway as it is configured: which failures it asks again after, and which it hands on at once. */
@Timeout(30)
class CommandGatewayTest {

    private final MessagingAutoConfiguration configuration = new MessagingAutoConfiguration();
    private final ScheduledExecutorService retries = configuration.commandRetries();
    private final SimpleCommandBus bus = SimpleCommandBus.builder().build();
    private final CommandGateway gateway = configuration.commandGateway(bus, retries);
    private final List<Long> attempts = new CopyOnWriteArrayList<>();

    @AfterEach
    void endRetries() {
        retries.shutdownNow();
    }

    static List<RuntimeException> undelivered() {
        return List.of(
                new NoHandlerForCommandException("nobody, while the nodes are exchanged"),
                new CommandDispatchException("no more commands are taken at the moment"),
                new CommandDispatchException(
                        "no transaction could be begun", new IllegalStateException("no connection")),
                new AxonServerCommandDispatchException(
                        ErrorCode.COMMAND_DISPATCH_ERROR.errorCode(), "no channel", new IllegalStateException("down")),
                new ConcurrencyException("version 3 is taken", duplicate()),
                new AggregateStreamCreationException("version 0 is taken", duplicate()));
    }

    @ParameterizedTest
    @MethodSource("undelivered")
    void asksAgainWhereTheCommandWasNotHandled(RuntimeException failure) {
        failUntilAttempt(3, failure);

        assertThat(gateway.send("command")).succeedsWithin(10, SECONDS).isEqualTo("done");
        assertThat(attempts).hasSize(3);
    }

    @Test
    void waitsLongerBeforeEveryFurtherAttempt() {
        failUntilAttempt(5, new ConcurrencyException("version 3 is taken", duplicate()));

        assertThat(gateway.send("command")).succeedsWithin(10, SECONDS);

        assertThat(pauseBefore(1)).isGreaterThanOrEqualTo(Duration.ofMillis(50));
        assertThat(pauseBefore(2)).isGreaterThanOrEqualTo(Duration.ofMillis(100));
        assertThat(pauseBefore(3)).isGreaterThanOrEqualTo(Duration.ofMillis(200));
        assertThat(pauseBefore(4)).isGreaterThanOrEqualTo(Duration.ofMillis(400));
    }

    @Test
    void givesUpAfterTheFifthAttempt() {
        ConcurrencyException conflict = new ConcurrencyException("version 3 is taken", duplicate());
        failUntilAttempt(Integer.MAX_VALUE, conflict);

        assertThat(failureOf(gateway.send("command"))).isSameAs(conflict);
        assertThat(attempts).hasSize(5);
    }

    static List<RuntimeException> finalOrUnknown() {
        return List.of(
                new CommandRefusedException(Refusal.Code.STOCK_RESERVED, "refused"),
                // As a refusal arrives from another node.
                new CommandExecutionException("refused", null, new Refusal(Refusal.Code.UNKNOWN, "nothing is known")),
                // As the time limit of Axon Server arrives, or an error of a handler on another node.
                new CommandExecutionException("timed out", new AxonServerException("AXONIQ-4002", "timed out"), null),
                new AxonServerException("AXONIQ-0001", "connection to the handler lost"),
                new EventStoreException("the connection broke while it committed", new IllegalStateException("08006")),
                new IllegalStateException("a bug"));
    }

    @ParameterizedTest
    @MethodSource("finalOrUnknown")
    void neverAsksAgainAfterARefusalOrWhereTheOutcomeIsUnknown(RuntimeException failure) {
        failUntilAttempt(3, failure);

        assertThat(failureOf(gateway.send("command"))).isSameAs(failure);
        assertThat(attempts).hasSize(1);
    }

    private static Throwable duplicate() {
        return new IllegalStateException("duplicate key, 23505");
    }

    private void failUntilAttempt(int number, RuntimeException failure) {
        bus.subscribe(String.class.getName(), command -> {
            attempts.add(System.nanoTime());
            if (attempts.size() < number) {
                throw failure;
            }
            return "done";
        });
    }

    private Duration pauseBefore(int attempt) {
        return Duration.ofNanos(attempts.get(attempt) - attempts.get(attempt - 1));
    }

    private static Throwable failureOf(CompletableFuture<Object> answer) {
        assertThat(answer).failsWithin(10, SECONDS);
        return answer.<Throwable>handle((result, failure) -> failure).join();
    }
}
