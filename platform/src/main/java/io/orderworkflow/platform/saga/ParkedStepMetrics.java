package io.orderworkflow.platform.saga;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import io.orderworkflow.api.admin.ParkedStepState;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.Locale;

/** How many steps are parked, and for how long. */
final class ParkedStepMetrics implements MeterBinder {

    private final ParkedSteps steps;
    private final Clock clock;

    ParkedStepMetrics(ParkedSteps steps, Clock clock) {
        this.steps = steps;
        this.clock = clock;
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        for (ParkedStepState state : ParkedStepState.values()) {
            Gauge.builder("order.workflow.parked.steps", () -> count(state))
                    .description("Steps of sagas that failed: tried again by themselves, or waiting for an operator")
                    .tag("state", state.name().toLowerCase(Locale.ROOT))
                    .register(registry);
        }
        Gauge.builder("order.workflow.parked.steps.oldest", this::secondsOfOldest)
                .description("For how long the oldest failed step has been parked")
                .baseUnit("seconds")
                .register(registry);
    }

    private long count(ParkedStepState state) {
        ParkedSteps.Summary summary = steps.summary().get(state);
        return summary == null ? 0 : summary.count();
    }

    private double secondsOfOldest() {
        Instant now = clock.instant();
        return steps.summary().values().stream()
                .map(ParkedSteps.Summary::oldest)
                .min(Comparator.naturalOrder())
                .map(oldest -> Duration.between(oldest, now).toMillis() / 1000.0)
                .orElse(0.0);
    }
}
