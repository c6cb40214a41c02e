package io.orderworkflow.platform.eventlog;

import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/** Closes the blocks of the event log as they fill, behind those who write. */
final class BlockCloser implements SmartLifecycle {

    private static final Logger log = LoggerFactory.getLogger(BlockCloser.class);

    private final EventBlocks blocks;
    private final Duration interval;
    private volatile @Nullable ScheduledExecutorService executor;

    BlockCloser(EventBlocks blocks, Duration interval) {
        this.blocks = blocks;
        this.interval = interval;
    }

    @Override
    public void start() {
        ScheduledExecutorService started =
                Executors.newSingleThreadScheduledExecutor(task -> new Thread(task, "event-blocks"));
        var unused = started.scheduleWithFixedDelay(
                this::closeAll, interval.toMillis(), interval.toMillis(), TimeUnit.MILLISECONDS);
        executor = started;
    }

    private void closeAll() {
        try {
            boolean more = true;
            while (more && isRunning()) {
                more = blocks.closeNext();
            }
        } catch (RuntimeException e) {
            log.warn("the events could not be counted; they are in {}", interval, e);
        }
    }

    @Override
    public void stop() {
        ScheduledExecutorService started = executor;
        executor = null;
        if (started != null) {
            started.shutdown();
        }
    }

    @Override
    public boolean isRunning() {
        return executor != null;
    }
}
