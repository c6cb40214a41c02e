package io.orderworkflow.benchmarks.inside;

import java.lang.management.ManagementFactory;
import java.sql.SQLException;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

/** Tells now and then how far a long run is, how fast, and what memory it takes. */
final class Progress {

    private static final double NANOS = 1e9;

    private final long every;
    private final int count;
    private final long settledBefore;
    private final long begun = System.nanoTime();
    private long told = begun;
    private long toldSettled;

    /**
     * Begins now.
     *
     * @param everySeconds how often to tell; 0 for never
     * @param count how many orders there are to be
     * @param settledBefore how many were settled before
     */
    Progress(int everySeconds, int count, long settledBefore) {
        this.every = TimeUnit.SECONDS.toNanos(everySeconds);
        this.count = count;
        this.settledBefore = settledBefore;
    }

    /** To be called more often than is to be told. */
    void look(MeasuredDatabase database) throws SQLException {
        if (every == 0) {
            return;
        }
        long now = System.nanoTime();
        if (now - told < every) {
            return;
        }
        long settled = database.settled() - settledBefore;
        System.out.printf(
                Locale.ROOT,
                "%,6.0f s: %,d of %,d settled, %.0f/s; resident %,d MiB, reachable %,d MiB%n",
                (now - begun) / NANOS,
                settled,
                count,
                (settled - toldSettled) * NANOS / (now - told),
                ResidentMemory.currentMiB(),
                reachable() >> 20);
        told = now;
        toldSettled = settled;
    }

    /** What is reachable: it takes a full collection, of some tenths of a second, to know that. */
    private static long reachable() {
        System.gc();
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }
}
