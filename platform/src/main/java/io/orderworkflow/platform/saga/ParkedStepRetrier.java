package io.orderworkflow.platform.saga;

import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/** Looks twice a second for parked steps that are to be tried again. */
final class ParkedStepRetrier implements SmartLifecycle {

    private static final Logger log = LoggerFactory.getLogger(ParkedStepRetrier.class);

    private static final Duration INTERVAL = Duration.ofMillis(500);
    private static final Duration LAST_TRY = Duration.ofSeconds(20);

    private final SagaParking parking;
    private volatile @Nullable ScheduledExecutorService executor;

    ParkedStepRetrier(SagaParking parking) {
        this.parking = parking;
    }

    @Override
    public void start() {
        ScheduledExecutorService started =
                Executors.newSingleThreadScheduledExecutor(task -> new Thread(task, "parked-steps"));
        var unused = started.scheduleWithFixedDelay(
                this::retryDue, INTERVAL.toMillis(), INTERVAL.toMillis(), TimeUnit.MILLISECONDS);
        executor = started;
    }

    private void retryDue() {
        try {
            parking.retryDue();
        } catch (RuntimeException e) {
            log.warn("parked steps could not be tried again; they are looked at again in {}", INTERVAL, e);
        }
    }

    @Override
    public void stop() {
        ScheduledExecutorService started = executor;
        executor = null;
        if (started != null) {
            started.shutdown();
            try {
                if (!started.awaitTermination(LAST_TRY.toMillis(), TimeUnit.MILLISECONDS)) {
                    log.warn("a parked step was being tried when the program ended; it is tried again at the start");
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    @Override
    public boolean isRunning() {
        return executor != null;
    }
}
