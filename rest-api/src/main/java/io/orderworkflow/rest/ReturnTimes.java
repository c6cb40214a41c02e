package io.orderworkflow.rest;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/**
 * When those who are turned away are to come again: one after the other, so that however many they are, only so many of
 * them come within the same second.
 */
final class ReturnTimes {

    private static final long APART_NANOS = Duration.ofSeconds(1).toNanos() / 200;
    private static final long SOONEST_NANOS = Duration.ofSeconds(1).toNanos();
    private static final long LATEST_NANOS = Duration.ofSeconds(10).toNanos();

    private final LongSupplier nanos;
    private final AtomicLong last;

    /**
     * Creates them.
     *
     * @param nanos tells the time, as {@link System#nanoTime()} does
     */
    ReturnTimes(LongSupplier nanos) {
        this.nanos = nanos;
        this.last = new AtomicLong(nanos.getAsLong());
    }

    /** In how many seconds the next one is to come. */
    long secondsToNext() {
        long now = nanos.getAsLong();
        long next = last.updateAndGet(
                before -> now + Math.min(Math.max(before + APART_NANOS - now, SOONEST_NANOS), LATEST_NANOS));
        return Duration.ofNanos(next - now).toSeconds();
    }
}
