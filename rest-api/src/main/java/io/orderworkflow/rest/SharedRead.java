package io.orderworkflow.rest;

import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Reads something for many at once. What is read begins after it was asked for, so it is never older than that: whoever
 * asks while a read is under way shares the next one.
 */
final class SharedRead<T> {

    private final Supplier<CompletableFuture<T>> read;
    private @Nullable CompletableFuture<T> next;
    private boolean reading;

    SharedRead(Supplier<CompletableFuture<T>> read) {
        this.read = read;
    }

    CompletableFuture<T> get() {
        CompletableFuture<T> mine;
        boolean first;
        synchronized (this) {
            if (next == null) {
                next = new CompletableFuture<>();
            }
            mine = next;
            first = !reading;
            reading = true;
        }
        if (first) {
            readNext();
        }
        return mine.copy();
    }

    private void readNext() {
        CompletableFuture<T> waiting;
        synchronized (this) {
            waiting = next;
            next = null;
            if (waiting == null) {
                reading = false;
                return;
            }
        }
        CompletableFuture<T> unused = read.get().whenComplete((result, failure) -> {
            if (failure == null) {
                waiting.complete(result);
            } else {
                waiting.completeExceptionally(failure);
            }
            readNext();
        });
    }
}
