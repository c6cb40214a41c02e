package io.orderworkflow.platform.messaging;

import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.orderworkflow.api.Refusal;
import io.orderworkflow.platform.CommandRefusedException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Stream;
import org.axonframework.commandhandling.CommandCallback;
import org.axonframework.commandhandling.CommandMessage;
import org.axonframework.commandhandling.GenericCommandResultMessage;
import org.axonframework.commandhandling.NoHandlerForCommandException;
import org.axonframework.commandhandling.SimpleCommandBus;
import org.axonframework.commandhandling.gateway.DefaultCommandGateway;
import org.axonframework.eventhandling.EventMessage;
import org.axonframework.eventhandling.GenericEventMessage;
import org.axonframework.messaging.ResultMessage;
import org.axonframework.messaging.unitofwork.BatchingUnitOfWork;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Batches of events as a pooled processor handles them, up to the commit. */
@Timeout(30)
class CommandBatchTest {

    private final List<String> log = new CopyOnWriteArrayList<>();
    private final Receiver receiver = new Receiver();
    private Instant now = Instant.parse("2026-01-01T12:00:00.123456Z");
    private final CommandBatch commands = new CommandBatch(
            DefaultCommandGateway.builder().commandBus(receiver).build(), Duration.ofMillis(300), () -> now);

    @Test
    void sendsNothingBeforeAllEventsOfTheBatchWereHandled() {
        ResultMessage<?> result = handle(batch("a", "b", "c"), event -> commands.send("for " + event.getPayload()));

        assertThat(result.isExceptional()).isFalse();
        assertThat(log)
                .containsExactly(
                        "handled a",
                        "handled b",
                        "handled c",
                        "received for a",
                        "received for b",
                        "received for c",
                        "committed");
    }

    @Test
    void sendsAllCommandsBeforeItWaitsForTheFirst() {
        receiver.answer = command -> CompletableFuture.supplyAsync(() -> {
            // Answered only once the last one has arrived.
            assertThat(receiver.lastArrived.join()).isTrue();
            return "done";
        });

        ResultMessage<?> result = handle(batch("a", "b", "last"), event -> commands.send(event.getPayload()));

        assertThat(result.isExceptional()).isFalse();
    }

    @Test
    void commitsOnlyAfterTheLastAnswer() {
        CompletableFuture<Object> answer = new CompletableFuture<>();
        receiver.answer = command -> answer.thenApply(done -> {
            log.add("answered");
            return done;
        });
        CompletableFuture.delayedExecutor(50, MILLISECONDS).execute(() -> answer.complete("done"));

        handle(batch("a"), event -> commands.send("command"));

        assertThat(log).containsExactly("handled a", "received command", "answered", "committed");
    }

    @Test
    void tracesEachCommandToTheEventThatAskedForIt() {
        BatchingUnitOfWork<EventMessage<?>> batch = batch("a", "b");
        handle(batch, event -> commands.send("for " + event.getPayload()));

        for (int i = 0; i < 2; i++) {
            EventMessage<?> event = batch.getMessages().get(i);
            assertThat(receiver.received.get(i).getPayload()).isEqualTo("for " + event.getPayload());
            assertThat(receiver.received.get(i).getMetaData())
                    .containsEntry(Correlation.CAUSATION_ID, event.getIdentifier())
                    .containsEntry(Correlation.CORRELATION_ID, "request of " + event.getPayload());
        }
    }

    @Test
    void saysOfEachCommandWhenItWasAskedForAlsoIfItsEventIsHandledAgain() {
        handle(batch("a"), event -> commands.send("command"));
        now = now.plusSeconds(60);
        handle(batch("a"), event -> commands.send("command"));

        assertThat(receiver.received)
                .extracting(command -> AskedAt.in(command.getMetaData()))
                .containsExactly(Optional.of(now.minusSeconds(60)), Optional.of(now));
    }

    @Test
    void saysOfAllThatOneEventAsksForThatItWasAskedForAtOnce() {
        Instant begun = now;
        handle(batch("a", "b"), event -> {
            commands.send("first");
            now = now.plusSeconds(1);
            commands.send("second");
        });

        assertThat(receiver.received)
                .extracting(command -> AskedAt.in(command.getMetaData()).orElseThrow())
                .containsExactly(begun, begun, begun.plusSeconds(1), begun.plusSeconds(1));
        assertThat(receiver.received).extracting(CommandMessage::getIdentifier).doesNotHaveDuplicates();
    }

    static Stream<RuntimeException> failures() {
        return Stream.of(
                new IllegalStateException("failed"),
                new CommandRefusedException(Refusal.Code.UNKNOWN, "refused"),
                new NoHandlerForCommandException("nobody"));
    }

    @ParameterizedTest
    @MethodSource("failures")
    void rollsTheBatchBackWhereACommandFails(RuntimeException failure) {
        receiver.answer = command -> command.getPayload().equals("for b")
                ? CompletableFuture.failedFuture(failure)
                : CompletableFuture.completedFuture("done");

        ResultMessage<?> result = handle(batch("a", "b", "c"), event -> commands.send("for " + event.getPayload()));

        assertThat(result.isExceptional()).isTrue();
        assertThat(result.exceptionResult())
                .hasMessageContaining("a command of this batch failed")
                .hasCause(failure);
        assertThat(log).endsWith("rolled back").doesNotContain("committed");
    }

    @Test
    void rollsTheBatchBackWhereAnAnswerIsLate() {
        receiver.answer = command -> new CompletableFuture<>();

        ResultMessage<?> result = handle(batch("a"), event -> commands.send("command"));

        assertThat(result.exceptionResult()).hasMessageContaining("did not answer within PT0.3S");
        assertThat(log).endsWith("rolled back").doesNotContain("committed");
    }

    @Test
    void rollsTheBatchBackWhereItsThreadIsInterrupted() {
        receiver.answer = command -> {
            Thread.currentThread().interrupt();
            return new CompletableFuture<>();
        };

        ResultMessage<?> result = handle(batch("a"), event -> commands.send("command"));

        assertThat(result.exceptionResult()).hasMessageContaining("interrupted");
        assertThat(Thread.interrupted()).isTrue();
        assertThat(log).endsWith("rolled back");
    }

    @Test
    void sendsNothingOfABatchWhoseHandlerFails() {
        ResultMessage<?> result = handle(batch("a", "b"), event -> {
            commands.send("for " + event.getPayload());
            if (event.getPayload().equals("b")) {
                throw new IllegalStateException("in the handler");
            }
        });

        assertThat(result.isExceptional()).isTrue();
        assertThat(receiver.received).isEmpty();
        assertThat(log).endsWith("rolled back");
    }

    @Test
    void commitsABatchWithoutAnyCommand() {
        handle(batch("a"), event -> {});

        assertThat(log).containsExactly("handled a", "committed");
    }

    @Test
    void refusesToSendOutsideOfABatch() {
        assertThatThrownBy(() -> commands.send("command")).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void refusesToSendWhatWouldBeLostBecauseTheBatchIsCommitting() {
        BatchingUnitOfWork<EventMessage<?>> batch = batch("a");
        ResultMessage<?> result =
                handle(batch, event -> batch.onPrepareCommit(committing -> commands.send("too late")));

        assertThat(result.exceptionResult()).isInstanceOf(IllegalStateException.class);
        assertThat(log).endsWith("rolled back");
    }

    private static BatchingUnitOfWork<EventMessage<?>> batch(String... events) {
        return new BatchingUnitOfWork<>(Stream.of(events)
                .<EventMessage<?>>map(event ->
                        new GenericEventMessage<>(event, Map.of(Correlation.CORRELATION_ID, "request of " + event)))
                .toList());
    }

    private ResultMessage<?> handle(BatchingUnitOfWork<EventMessage<?>> batch, Consumer<EventMessage<?>> handler) {
        // As the processors do: before the start, which turns to the last event of the batch.
        batch.onCommit(committing -> log.add("committed"));
        batch.onRollback(failing -> log.add("rolled back"));
        batch.start();
        batch.registerCorrelationDataProvider(new Correlation());
        return batch.executeWithResult(() -> {
            handler.accept(batch.getMessage());
            log.add("handled " + batch.getMessage().getPayload());
            return null;
        });
    }

    /** Whoever handles the commands, and when. */
    private final class Receiver extends SimpleCommandBus {

        private final List<CommandMessage<?>> received = new CopyOnWriteArrayList<>();
        private final CompletableFuture<Boolean> lastArrived = new CompletableFuture<>();
        private volatile Function<CommandMessage<?>, CompletableFuture<Object>> answer =
                command -> CompletableFuture.completedFuture("done");

        Receiver() {
            super(SimpleCommandBus.builder());
        }

        @Override
        protected <C, R> void doDispatch(CommandMessage<C> command, CommandCallback<? super C, ? super R> callback) {
            received.add(command);
            log.add("received " + command.getPayload());
            if (command.getPayload().equals("last")) {
                lastArrived.complete(true);
            }
            var unused = answer.apply(command)
                    .whenComplete((result, failure) -> callback.onResult(
                            command,
                            failure == null
                                    ? GenericCommandResultMessage.asCommandResultMessage(result)
                                    : GenericCommandResultMessage.asCommandResultMessage(failure)));
        }
    }
}
