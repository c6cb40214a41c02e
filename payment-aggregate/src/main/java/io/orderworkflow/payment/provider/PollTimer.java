package io.orderworkflow.payment.provider;

import java.time.Duration;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Says when the table is looked at next: sooner if anybody asks for it, but never more often than there is a use. */
final class PollTimer {

    private final ScheduledExecutorService scheduler;
    private final Duration leastDistance;

    private Runnable poll = () -> {};
    private @Nullable ScheduledFuture<?> next;
    private long nextAt;
    private boolean stopped;

    PollTimer(ScheduledExecutorService scheduler, Duration leastDistance) {
        this.scheduler = scheduler;
        this.leastDistance = leastDistance;
    }

    /** Begins to poll. */
    synchronized void start(Runnable polling) {
        poll = polling;
        pollWithin(Duration.ZERO);
    }

    /** Has the table looked at after that delay at the latest. */
    synchronized void pollWithin(Duration delay) {
        long nanos = Math.max(delay.toNanos(), leastDistance.toNanos());
        long at = System.nanoTime() + nanos;
        if (stopped) {
            return;
        }
        if (next != null) {
            if (nextAt - at <= 0) {
                return;
            }
            next.cancel(false);
        }
        nextAt = at;
        next = scheduler.schedule(this::poll, nanos, TimeUnit.NANOSECONDS);
    }

    /** Ends it. */
    synchronized void stop() {
        stopped = true;
        if (next != null) {
            next.cancel(false);
        }
    }

    private void poll() {
        Runnable polling;
        synchronized (this) {
            // From now on, whoever asks for a look gets another one: this one may miss what was written just now.
            next = null;
            polling = poll;
        }
        polling.run();
    }
}
