package io.orderworkflow.benchmarks;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** Time that passes until it is worth while to look again. */
final class Pause {

    private Pause() {}

    static void of(Duration duration) {
        try {
            TimeUnit.NANOSECONDS.sleep(duration.toNanos());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }
}
