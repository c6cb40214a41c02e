package io.orderworkflow.platform.processing;

import java.util.concurrent.TimeUnit;

/**
 * Tells for how long a read model lets events gather before it goes on. Each batch costs a transaction, and rows that
 * several of its events change are written once; so where many come, a short wait after each batch saves processor time
 * that those need who handle the orders themselves.
 */
final class Gathering {

    private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(15);

    private static final long WINDOW_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

    /** Where fewer come at once nobody gains much, and somebody may be waiting to see just these. One order has ten. */
    private static final int MANY = 16;

    /** With so many in a batch there is nothing to wait for: those that follow are there already, or nearly. */
    private static final int ENOUGH = 250;

    private long began;
    private int written;

    /**
     * Begins to count.
     *
     * @param now nanoseconds, of any beginning
     */
    Gathering(long now) {
        began = now;
    }

    /**
     * Tells how long to wait after a batch.
     *
     * @param events how many it had
     * @param now nanoseconds, of the same beginning
     * @return nanoseconds, or 0
     */
    synchronized long nanosAfter(int events, long now) {
        if (now - began > WINDOW_NANOS) {
            began = now;
            written = 0;
        }
        written += events;
        return written >= MANY && events < ENOUGH ? PAUSE_NANOS : 0;
    }
}
