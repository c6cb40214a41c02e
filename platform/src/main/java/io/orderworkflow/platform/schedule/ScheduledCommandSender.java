package io.orderworkflow.platform.schedule;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.axonframework.commandhandling.gateway.CommandGateway;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/**
 * Looks every second for scheduled commands that are due and sends them. A command that fails is sent again later,
 * for as long as it takes.
 */
final class ScheduledCommandSender implements SmartLifecycle {

    private static final Logger log = LoggerFactory.getLogger(ScheduledCommandSender.class);

    private static final Duration INTERVAL = Duration.ofSeconds(1);
    private static final Duration CLAIM = Duration.ofSeconds(30);
    private static final int AT_ONCE = 200;

    private final JdbcCommandSchedule schedule;
    private final CommandGateway gateway;
    private final Clock clock;
    private final Duration grace;
    private boolean overdueIsPostponed;
    private @Nullable ScheduledExecutorService executor;
    private volatile boolean running;

    /**
     * Creates the sender.
     *
     * @param grace by how long it postpones, when it starts, what has become due before: the answers that were waited
     *     for may be there already, and nobody had a chance to handle them while the program was away
     */
    ScheduledCommandSender(JdbcCommandSchedule schedule, CommandGateway gateway, Clock clock, Duration grace) {
        this.schedule = schedule;
        this.gateway = gateway;
        this.clock = clock;
        this.grace = grace;
    }

    @Override
    public void start() {
        running = true;
        executor = Executors.newSingleThreadScheduledExecutor(task -> new Thread(task, "scheduled-commands"));
        var unused = executor.scheduleWithFixedDelay(
                this::sendDue, INTERVAL.toMillis(), INTERVAL.toMillis(), TimeUnit.MILLISECONDS);
    }

    @Override
    public void stop() {
        running = false;
        if (executor != null) {
            executor.shutdown();
        }
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    void sendDue() {
        try {
            List<JdbcCommandSchedule.Due> due;
            if (!overdueIsPostponed) {
                schedule.postponeOverdue(clock.instant(), clock.instant().plus(grace));
                overdueIsPostponed = true;
            }
            do {
                // Whole microseconds: the database keeps no more, and what is done is found by this time.
                Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
                due = schedule.claim(now, now.plus(CLAIM), AT_ONCE);
                due.forEach(this::send);
            } while (due.size() == AT_ONCE && running);
        } catch (RuntimeException e) {
            log.warn("the schedule could not be read; it is looked at again in {}", INTERVAL, e);
        }
    }

    private void send(JdbcCommandSchedule.Due due) {
        try {
            var unused = gateway.send(due.command()).whenComplete((result, failure) -> {
                if (failure == null) {
                    done(due);
                } else {
                    tellFailed(due, failure);
                }
            });
        } catch (RuntimeException e) {
            tellFailed(due, e);
        }
    }

    private static void tellFailed(JdbcCommandSchedule.Due due, Throwable failure) {
        log.warn(
                "scheduled {} failed at attempt {}; it is sent again in {}",
                due.name(),
                due.attempts(),
                CLAIM,
                failure);
    }

    private void done(JdbcCommandSchedule.Due due) {
        try {
            schedule.done(due);
        } catch (RuntimeException e) {
            log.warn("{} was sent, but could not be struck off; it is sent again in {}", due.name(), CLAIM, e);
        }
    }
}
