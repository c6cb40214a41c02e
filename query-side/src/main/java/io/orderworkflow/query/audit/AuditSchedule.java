package io.orderworkflow.query.audit;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.orderworkflow.api.audit.AuditRule;
import io.orderworkflow.platform.PeriodicWork;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.health.contributor.AbstractHealthIndicator;
import org.springframework.boot.health.contributor.Health;
import org.springframework.context.SmartLifecycle;

/** Lets the auditor run again and again, and tells what it found: as metrics, and as a detail of the health. */
final class AuditSchedule extends AbstractHealthIndicator implements SmartLifecycle {

    private final Auditor auditor;
    private final BreachBook book;
    private final AuditSettings settings;
    private final Clock clock;
    private final Timer duration;
    private final PeriodicWork rounds;
    private volatile Map<AuditRule, Long> open = Map.of();
    private volatile @Nullable Instant lastRun;
    private volatile boolean running;

    AuditSchedule(Auditor auditor, BreachBook book, AuditSettings settings, Clock clock, MeterRegistry registry) {
        super("what the auditor found could not be read");
        this.auditor = auditor;
        this.book = book;
        this.settings = settings;
        this.clock = clock;
        for (AuditRule rule : AuditRule.values()) {
            Gauge.builder("order.workflow.audit.breaches", this, schedule -> schedule.open.getOrDefault(rule, 0L))
                    .description("Promises that are broken")
                    .tag("rule", rule.name())
                    .register(registry);
        }
        Gauge.builder("order.workflow.audit.age", this, AuditSchedule::ageInSeconds)
                .description("Time since the promises were checked last, by whichever process; none before the first")
                .baseUnit("seconds")
                .register(registry);
        this.duration = Timer.builder("order.workflow.audit.duration")
                .description("What it takes to check the promises")
                .register(registry);
        this.rounds = PeriodicWork.of("audit", settings.interval(), this::run);
    }

    private double ageInSeconds() {
        Instant last = lastRun;
        return last == null
                ? Double.NaN
                : Duration.between(last, clock.instant()).toMillis() / 1000.0;
    }

    @Override
    public void start() {
        running = true;
        if (!settings.enabled()) {
            auditor.forget();
            return;
        }
        auditor.begin();
        rounds.start();
    }

    @Override
    public void stop() {
        running = false;
        rounds.stop();
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    void run() {
        duration.record(auditor::runUnlessSomebodyDoes);
        // Whoever it was that looked.
        open = book.openByRule();
        lastRun = book.lastRun();
    }

    /** A broken promise is no reason to take the program out of service. */
    @Override
    protected void doHealthCheck(Health.Builder health) {
        health.up().withDetail("enabled", settings.enabled());
        if (settings.enabled()) {
            var report = book.report();
            Instant last = lastRun;
            health.withDetail("lastRun", last == null ? "none yet" : last.toString())
                    .withDetail("openBreaches", report.openBreaches())
                    .withDetail("breaches", report.breaches().stream().limit(20).toList());
        }
    }
}
