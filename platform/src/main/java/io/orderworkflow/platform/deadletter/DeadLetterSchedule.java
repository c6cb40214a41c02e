package io.orderworkflow.platform.deadletter;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.MultiGauge.Row;
import io.micrometer.core.instrument.Tags;
import io.orderworkflow.platform.deadletter.DeadLetters.Summary;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.springframework.boot.health.contributor.AbstractHealthIndicator;
import org.springframework.boot.health.contributor.Health;

/** Has letters tried again that are due, and tells how many there are. */
final class DeadLetterSchedule extends AbstractHealthIndicator {

    /** Axon's queue takes no more sequences, and no more letters of one: then its processor stops at the next. */
    private static final int LIMIT = 1024;

    private final DeadLetterRetries retries;
    private final DeadLetters letters;
    private final Clock clock;
    private final MultiGauge sequences;
    private final MultiGauge longest;
    private final MultiGauge oldest;

    DeadLetterSchedule(DeadLetterRetries retries, DeadLetters letters, Clock clock, MeterRegistry registry) {
        super("dead letters could not be looked at");
        this.retries = retries;
        this.letters = letters;
        this.clock = clock;
        this.sequences = MultiGauge.builder("order.workflow.dead.letters")
                .description("Sequences of events that a read model's processor could not handle")
                .register(registry);
        this.longest = MultiGauge.builder("order.workflow.dead.letters.longest")
                .description("Events of the longest of these sequences; the processor stops at 1024")
                .register(registry);
        this.oldest = MultiGauge.builder("order.workflow.dead.letters.oldest")
                .description("For how long the oldest of these sequences has been parked")
                .baseUnit("seconds")
                .register(registry);
    }

    void look() {
        retries.retryDue();
        measure(letters.summary());
    }

    private void measure(List<Summary> summaries) {
        sequences.register(
                summaries.stream()
                        .<Row<?>>flatMap(summary -> Stream.of(
                                row(summary, "retrying", summary.sequences() - summary.parked()),
                                row(summary, "parked", summary.parked())))
                        .toList(),
                true);
        longest.register(
                summaries.stream()
                        .<Row<?>>map(summary -> Row.of(Tags.of("processor", summary.processor()), summary.longest()))
                        .toList(),
                true);
        oldest.register(
                summaries.stream()
                        .<Row<?>>map(summary -> Row.of(
                                Tags.of("processor", summary.processor()),
                                Duration.between(summary.oldest(), clock.instant())
                                                .toMillis()
                                        / 1000.0))
                        .toList(),
                true);
    }

    private static Row<?> row(Summary summary, String state, long number) {
        return Row.of(Tags.of("processor", summary.processor(), "state", state), number);
    }

    /** They are no failure of the program: all other orders go on. */
    @Override
    protected void doHealthCheck(Health.Builder health) {
        health.up().withDetail("limit", LIMIT);
        letters.summary().forEach(summary -> health.withDetail(summary.processor(), summary));
    }
}
