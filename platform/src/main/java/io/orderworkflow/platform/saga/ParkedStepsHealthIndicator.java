package io.orderworkflow.platform.saga;

import java.util.Locale;
import org.springframework.boot.health.contributor.AbstractHealthIndicator;
import org.springframework.boot.health.contributor.Health;

/** Tells of parked steps. They are no failure of the program: all other orders go on. */
final class ParkedStepsHealthIndicator extends AbstractHealthIndicator {

    private final ParkedSteps steps;

    ParkedStepsHealthIndicator(ParkedSteps steps) {
        super("parked steps could not be looked at");
        this.steps = steps;
    }

    @Override
    protected void doHealthCheck(Health.Builder health) {
        health.up();
        steps.summary()
                .forEach((state, summary) -> health.withDetail(state.name().toLowerCase(Locale.ROOT), summary.count())
                        .withDetail(state.name().toLowerCase(Locale.ROOT) + "Since", summary.oldest()));
    }
}
