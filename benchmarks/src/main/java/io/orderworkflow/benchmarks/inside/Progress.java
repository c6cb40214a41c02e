package io.orderworkflow.benchmarks.inside;

import com.sun.management.GarbageCollectorMXBean;
import com.sun.management.GcInfo;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.sql.SQLException;
import java.util.Comparator;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/** Tells now and then how far a long run is, how fast, and what memory it takes. */
final class Progress {

    private static final double NANOS = 1e9;

    private static final Set<String> HEAP = ManagementFactory.getMemoryPoolMXBeans().stream()
            .filter(pool -> pool.getType() == MemoryType.HEAP)
            .map(MemoryPoolMXBean::getName)
            .collect(Collectors.toUnmodifiableSet());

    private final long every;
    private final int count;
    private final long settledBefore;
    private final long begun = System.nanoTime();
    private long told = begun;
    private long toldSettled;
    private long leastUsed = Long.MAX_VALUE;

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
        leastUsed = Math.min(leastUsed, usedAfterCollection());
        long now = System.nanoTime();
        if (now - told < every) {
            return;
        }
        long settled = database.settled() - settledBefore;
        System.out.printf(
                Locale.ROOT,
                "%,6.0f s: %,d of %,d settled, %.0f/s; resident %,d MiB, heap %,d MiB after a collection%n",
                (now - begun) / NANOS,
                settled,
                count,
                (settled - toldSettled) * NANOS / (now - told),
                ResidentMemory.currentMiB(),
                leastUsed >> 20);
        told = now;
        toldSettled = settled;
        leastUsed = Long.MAX_VALUE;
    }

    /** What the last collection has left; not all of it is in use, as only some look at everything. */
    private static long usedAfterCollection() {
        return ManagementFactory.getPlatformMXBeans(GarbageCollectorMXBean.class).stream()
                .map(GarbageCollectorMXBean::getLastGcInfo)
                .filter(Objects::nonNull)
                .max(Comparator.comparingLong(GcInfo::getEndTime))
                .map(last -> last.getMemoryUsageAfterGc().entrySet().stream()
                        .filter(pool -> HEAP.contains(pool.getKey()))
                        .mapToLong(pool -> pool.getValue().getUsed())
                        .sum())
                .orElse(Long.MAX_VALUE);
    }
}
