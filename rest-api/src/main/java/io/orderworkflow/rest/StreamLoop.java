package io.orderworkflow.rest;

import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The one thread that serves all streams of orders. Nothing that runs on it may wait. */
final class StreamLoop {

    private static final Logger log = LoggerFactory.getLogger(StreamLoop.class);

    private static final Duration PAUSE = Duration.ofSeconds(1);
    private static final Duration LAST_TASK = Duration.ofSeconds(5);

    private final ScheduledExecutorService executor = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "order-streams");
        thread.setDaemon(true);
        return thread;
    });

    // Of the loop's thread.
    private final Set<OrderStream> awake = new LinkedHashSet<>();

    /** Runs something on the loop's thread; nothing once it is closed. */
    void execute(Runnable task) {
        try {
            executor.execute(() -> run(task));
        } catch (RejectedExecutionException over) {
            log.debug("nothing is told any more");
        }
    }

    /** The same after a pause: what failed is not asked for again at once. */
    void later(Runnable task) {
        var unused = executor.schedule(() -> run(task), PAUSE.toMillis(), TimeUnit.MILLISECONDS);
    }

    void every(Duration interval, Runnable task) {
        var unused = executor.scheduleAtFixedRate(
                () -> run(task), interval.toMillis(), interval.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Goes on with an answer, or otherwise, on the loop's thread. */
    <A> void then(CompletableFuture<A> asked, Consumer<A> answered, Consumer<Throwable> otherwise) {
        CompletableFuture<A> unused = asked.whenComplete((answer, failure) -> execute(() -> {
            if (failure == null) {
                answered.accept(answer);
            } else {
                otherwise.accept(failure);
            }
        }));
    }

    /** Has a stream write what it has to tell, when the task that runs now has gathered everything. */
    void wake(OrderStream stream) {
        awake.add(stream);
    }

    void wake(Collection<OrderStream> streams) {
        awake.addAll(streams);
    }

    private void run(Runnable task) {
        try {
            task.run();
        } catch (RuntimeException unexpected) {
            log.error("streams of orders failed", unexpected);
        }
        List<OrderStream> toWake = List.copyOf(awake);
        awake.clear();
        toWake.forEach(OrderStream::wake);
    }

    void close() {
        executor.shutdown();
        try {
            if (!executor.awaitTermination(LAST_TASK.toMillis(), TimeUnit.MILLISECONDS)) {
                log.warn("streams of orders did not end in time");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
