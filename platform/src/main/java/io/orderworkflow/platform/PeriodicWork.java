package io.orderworkflow.platform;

import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/**
 * Does something every so often, on a thread of its own, for as long as the program runs. What fails is tried again the
 * next time; the log tells it once, however long it goes on.
 */
public final class PeriodicWork implements SmartLifecycle {

    private static final Logger log = LoggerFactory.getLogger(PeriodicWork.class);

    private final String name;
    private final Duration interval;
    private final BooleanSupplier work;
    private final Duration first;
    private final Duration patience;
    private final Runnable end;
    private volatile @Nullable ScheduledExecutorService executor;
    private boolean failing;

    private PeriodicWork(
            String name, Duration interval, BooleanSupplier work, Duration first, Duration patience, Runnable end) {
        this.name = name;
        this.interval = interval;
        this.work = work;
        this.first = first;
        this.patience = patience;
        this.end = end;
    }

    /**
     * Makes work that begins an interval after the program's start, and is interrupted when that ends.
     *
     * @param name of its thread
     * @param interval between the end of one round and the next
     */
    public static PeriodicWork of(String name, Duration interval, Runnable work) {
        return untilNothingIsLeft(name, interval, () -> {
            work.run();
            return false;
        });
    }

    /**
     * Makes work of which there may be more at once.
     *
     * @param name of its thread
     * @param interval between two rounds, if there is no more to be done
     * @param work tells whether there is more
     */
    public static PeriodicWork untilNothingIsLeft(String name, Duration interval, BooleanSupplier work) {
        return new PeriodicWork(name, interval, work, interval, Duration.ZERO, () -> {});
    }

    /** The same, which begins at once. */
    public PeriodicWork atOnce() {
        return new PeriodicWork(name, interval, work, Duration.ZERO, patience, end);
    }

    /** The same, whose last round may take so long to end with the program. */
    public PeriodicWork endingWithin(Duration longest) {
        return new PeriodicWork(name, interval, work, first, longest, end);
    }

    /** The same, with something to be done behind the last round. */
    public PeriodicWork andFinally(Runnable last) {
        return new PeriodicWork(name, interval, work, first, patience, last);
    }

    @Override
    public void start() {
        ScheduledExecutorService started = Executors.newSingleThreadScheduledExecutor(task -> new Thread(task, name));
        executor = started;
        var unused = started.scheduleWithFixedDelay(
                this::round, first.toMillis(), interval.toMillis(), TimeUnit.MILLISECONDS);
    }

    private void round() {
        try {
            boolean more = true;
            while (more && isRunning()) {
                more = work.getAsBoolean();
            }
            if (failing) {
                log.info("{} goes on", name);
            }
            failing = false;
        } catch (RuntimeException e) {
            if (!isRunning()) {
                log.debug("{} was cut off", name, e);
            } else if (failing) {
                log.debug("{} failed again", name, e);
            } else {
                log.warn("{} failed; it is tried again every {}", name, interval, e);
                failing = true;
            }
        }
    }

    @Override
    public void stop() {
        ScheduledExecutorService started = executor;
        executor = null;
        if (started == null) {
            return;
        }
        started.shutdown();
        try {
            if (!started.awaitTermination(patience.toMillis(), TimeUnit.MILLISECONDS)) {
                log.debug("{} is cut off in the middle", name);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        started.shutdownNow();
        try {
            end.run();
        } catch (RuntimeException e) {
            log.info("{} could not end as it should; that shows by itself", name, e);
        }
    }

    @Override
    public boolean isRunning() {
        return executor != null;
    }
}
