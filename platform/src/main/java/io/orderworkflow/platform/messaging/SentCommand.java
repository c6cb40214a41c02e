package io.orderworkflow.platform.messaging;

import io.orderworkflow.platform.batch.PassingFaultException;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.axonframework.commandhandling.CommandExecutionException;
import org.axonframework.commandhandling.CommandMessage;
import org.axonframework.commandhandling.gateway.CommandGateway;
import org.jspecify.annotations.Nullable;

/** A command of a batch, and, once the batch has waited for it, how it ended. */
public final class SentCommand {

    /** How a command ended that succeeded. Whatever is kept of a batch, its commands ended like that. */
    public static final String ANSWERED = "answered";

    private static final String NOT_SENT = "not sent";
    private static final String NOT_ANSWERED = "not answered in time";

    private final CommandMessage<?> message;
    private @Nullable CompletableFuture<?> answer;
    private String ending = NOT_SENT;

    SentCommand(CommandMessage<?> message) {
        this.message = message;
    }

    /** The command as it was sent. */
    public CommandMessage<?> message() {
        return message;
    }

    /** How it ended, in words. */
    public String ending() {
        return ending;
    }

    void send(CommandGateway gateway) {
        try {
            answer = gateway.send(message);
        } catch (RuntimeException notSent) {
            // The others are sent all the same.
            answer = CompletableFuture.failedFuture(notSent);
        }
    }

    CompletableFuture<?> answer() {
        return Objects.requireNonNull(answer, "was not sent");
    }

    void await(long deadline, Duration timeLimit) {
        try {
            answer().get(Math.max(0, deadline - System.nanoTime()), TimeUnit.NANOSECONDS);
            ending = ANSWERED;
        } catch (ExecutionException e) {
            Throwable failure = Objects.requireNonNull(e.getCause());
            ending = endingOf(failure);
            String text = "a command of this batch failed: " + name() + ": " + failure;
            throw isPassing(failure)
                    ? new PassingFaultException(text, failure)
                    : new CommandExecutionException(text, failure);
        } catch (TimeoutException e) {
            ending = NOT_ANSWERED;
            throw new PassingFaultException(
                    "a command of this batch did not answer within " + timeLimit + ": " + name(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new PassingFaultException("interrupted while a batch waited for its commands", e);
        }
    }

    private String name() {
        return message.getPayloadType().getSimpleName();
    }

    private static String endingOf(Throwable failure) {
        return TransientFailures.refusal(failure)
                .map(refusal -> "refused, %s: %s".formatted(refusal.code(), refusal.message()))
                .orElseGet(() -> "failed: " + failure);
    }

    private static boolean isPassing(Throwable failure) {
        return TransientFailures.refusal(failure).isEmpty()
                && (TransientFailures.isUndelivered(failure) || PassingFaultException.isPassing(failure));
    }
}
