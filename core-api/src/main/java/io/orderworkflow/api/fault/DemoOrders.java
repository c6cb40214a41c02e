package io.orderworkflow.api.fault;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How the demo driver stands, which places orders by itself: what it does now, or what it did last.
 *
 * @param enabled whether it can be started
 * @param running whether it places orders now
 * @param perSecond how many it places a second; {@code null} if it was never started
 * @param startedAt when it was started; {@code null} if it never was
 * @param endsAt when it ends by itself; {@code null} if it goes on until it is stopped
 * @param endedAt when it ended; {@code null} while it runs, and if it was never started
 * @param placed orders that were accepted
 * @param failed orders that could not be placed
 * @param actualPerSecond how many were accepted a second, on average
 * @param lastFailure why the last one could not be placed; {@code null} if none failed
 */
public record DemoOrders(
        boolean enabled,
        boolean running,
        @Nullable Double perSecond,
        @Nullable Instant startedAt,
        @Nullable Instant endsAt,
        @Nullable Instant endedAt,
        long placed,
        long failed,
        double actualPerSecond,
        @Nullable String lastFailure) {}
