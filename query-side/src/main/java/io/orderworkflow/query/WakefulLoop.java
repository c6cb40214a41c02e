package io.orderworkflow.query;

import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks at something whenever it is woken, and every now and then as long as somebody waits for what it may find. All on
 * one thread, and no more often than so.
 */
final class WakefulLoop implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(WakefulLoop.class);

    private final ScheduledExecutorService executor;
    private final long shortestNanos;
    private final long longestNanos;
    private final BooleanSupplier look;
    private final AtomicBoolean woken = new AtomicBoolean();

    // Of the one thread.
    private long lastLook;
    private @Nullable ScheduledFuture<?> next;

    /**
     * Makes a loop that sleeps.
     *
     * @param name of its thread
     * @param shortest time between two looks
     * @param longest time between two looks while somebody waits
     * @param look looks, and says whether somebody still waits
     */
    WakefulLoop(String name, Duration shortest, Duration longest, BooleanSupplier look) {
        this.executor = Executors.newSingleThreadScheduledExecutor(task -> {
            Thread thread = new Thread(task, name);
            thread.setDaemon(true);
            return thread;
        });
        this.shortestNanos = shortest.toNanos();
        this.longestNanos = longest.toNanos();
        this.look = look;
        this.lastLook = System.nanoTime() - shortestNanos;
    }

    /** Runs something on the loop's thread; nothing once it is closed. */
    void execute(Runnable task) {
        try {
            executor.execute(task);
        } catch (RejectedExecutionException closed) {
            log.debug("closed: nothing is done any more");
        }
    }

    /** Has it look soon. */
    void wake() {
        if (woken.compareAndSet(false, true)) {
            execute(this::lookSoon);
        }
    }

    private void lookSoon() {
        long wait = lastLook + shortestNanos - System.nanoTime();
        if (wait > 0) {
            lookIn(wait);
        } else {
            lookNow();
        }
    }

    private void lookIn(long nanos) {
        if (next != null) {
            next.cancel(false);
        }
        next = executor.schedule(this::lookNow, nanos, TimeUnit.NANOSECONDS);
    }

    private void lookNow() {
        woken.set(false);
        lastLook = System.nanoTime();
        boolean again = true;
        try {
            again = look.getAsBoolean();
        } catch (RuntimeException e) {
            log.warn("could not look; tried again", e);
        }
        if (next != null) {
            next.cancel(false);
            next = null;
        }
        if (again) {
            lookIn(longestNanos);
        }
    }

    @Override
    public void close() {
        executor.shutdown();
    }
}
