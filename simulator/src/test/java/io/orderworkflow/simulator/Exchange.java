package io.orderworkflow.simulator;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

/** A request to the bank, under way. */
final class Exchange {

    private static final Duration PATIENCE = Duration.ofSeconds(5);

    final String request;
    final boolean isLookUp;
    final Instant giveUpAt;
    Instant from;
    private final Completion<?> completion;

    <T> Exchange(String request, boolean isLookUp, Instant now, Supplier<T> operation, CompletableFuture<T> answer) {
        this.request = request;
        this.isLookUp = isLookUp;
        this.from = now;
        this.giveUpAt = now.plus(PATIENCE);
        this.completion = new Completion<>(operation, answer);
    }

    /** The bank does it, and its answer arrives, or not. */
    void carryOut(boolean answerArrives) {
        completion.carryOut(answerArrives);
    }

    void fail(Throwable failure) {
        completion.answer().completeExceptionally(failure);
    }

    /** Whether anybody waits for the answer. */
    boolean isAwaited() {
        return !completion.answer().isDone();
    }

    @Override
    public String toString() {
        return request + (isAwaited() ? "" : ", which nobody waits for any more");
    }

    private record Completion<T>(Supplier<T> operation, CompletableFuture<T> answer) {

        void carryOut(boolean answerArrives) {
            T value = operation.get();
            if (answerArrives) {
                answer.complete(value);
            }
        }
    }
}
