package io.orderworkflow.benchmarks;

import java.util.Arrays;
import java.util.Collection;
import java.util.Locale;

/** How measured durations are distributed. */
final class Percentiles {

    private final long[] nanos;

    /** Takes the durations in any order. */
    Percentiles(long... nanos) {
        this.nanos = nanos.clone();
        Arrays.sort(this.nanos);
    }

    static Percentiles of(Collection<Long> nanos) {
        return new Percentiles(nanos.stream().mapToLong(Long::longValue).toArray());
    }

    /** The smallest duration in milliseconds that at least that share of all does not exceed. */
    double millisAt(int percent) {
        int rank = (int) Math.ceil(nanos.length * percent / 100.0);
        return nanos[Math.max(rank, 1) - 1] / 1e6;
    }

    int count() {
        return nanos.length;
    }

    @Override
    public String toString() {
        return nanos.length == 0
                ? "not measured"
                : String.format(
                        Locale.ROOT, "p50 %.0f ms, p95 %.0f ms, p99 %.0f ms", millisAt(50), millisAt(95), millisAt(99));
    }
}
