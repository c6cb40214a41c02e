package io.orderworkflow.platform.schedule;

import io.orderworkflow.platform.PeriodicWork;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.axonframework.commandhandling.gateway.CommandGateway;
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

    /** What was answered since the last look. Struck off together: in a rush of them one by one took most of the time. */
    private final Queue<JdbcCommandSchedule.Due> answered = new ConcurrentLinkedQueue<>();

    private final PeriodicWork rounds = PeriodicWork.of("scheduled-commands", INTERVAL, this::sendDue);
    private volatile boolean graceGiven;

    /**
     * Creates the sender.
     *
     * @param grace for how long it sends nothing when it starts: the answers that were waited for may be there already,
     *     and nobody had a chance to handle them while the program was away
     */
    ScheduledCommandSender(JdbcCommandSchedule schedule, CommandGateway gateway, Clock clock, Duration grace) {
        this.schedule = schedule;
        this.gateway = gateway;
        this.clock = clock;
        this.grace = grace;
    }

    /** Postpones, once, what is due before the grace is over. Before the program takes orders: theirs need none. */
    void giveGrace() {
        if (!graceGiven) {
            if (!grace.isZero()) {
                schedule.postpone(clock.instant().plus(grace));
            }
            graceGiven = true;
        }
    }

    @Override
    public void start() {
        rounds.start();
    }

    @Override
    public void stop() {
        rounds.stop();
    }

    @Override
    public boolean isRunning() {
        return rounds.isRunning();
    }

    void sendDue() {
        try {
            List<JdbcCommandSchedule.Due> due;
            giveGrace();
            do {
                // Whole microseconds: the database keeps no more, and what is done is found by this time.
                Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
                due = schedule.claim(now, now.plus(CLAIM), AT_ONCE);
                awaitAll(due.stream().map(this::send).toList());
                strikeOffAnswered();
            } while (due.size() == AT_ONCE && isRunning());
        } catch (RuntimeException e) {
            log.warn("the schedule could not be read; it is looked at again in {}", INTERVAL, e);
        }
    }

    private CompletableFuture<?> send(JdbcCommandSchedule.Due due) {
        try {
            return gateway.send(due.command()).handle((result, failure) -> {
                if (failure == null) {
                    answered.add(due);
                } else {
                    tellFailed(due, failure);
                }
                return null;
            });
        } catch (RuntimeException e) {
            tellFailed(due, e);
            return CompletableFuture.completedFuture(null);
        }
    }

    /** Waits a little, so that a rush of commands does not fill the bus before everybody else's. */
    private static void awaitAll(List<CompletableFuture<?>> commands) {
        try {
            CompletableFuture.allOf(commands.toArray(CompletableFuture[]::new))
                    .get(INTERVAL.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException late) {
            // They are struck off once they are answered.
        } catch (ExecutionException impossible) {
            throw new IllegalStateException(impossible);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void strikeOffAnswered() {
        List<JdbcCommandSchedule.Due> done = new ArrayList<>();
        for (JdbcCommandSchedule.Due due = answered.poll(); due != null; due = answered.poll()) {
            done.add(due);
        }
        if (!done.isEmpty()) {
            try {
                answered.addAll(schedule.done(done));
            } catch (RuntimeException e) {
                log.warn("{} commands were sent, but not struck off; they are sent again in {}", done.size(), CLAIM, e);
            }
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
}
