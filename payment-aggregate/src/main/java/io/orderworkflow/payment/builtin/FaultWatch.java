package io.orderworkflow.payment.builtin;

import io.orderworkflow.payment.DaemonThreads;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Has this process do as the database says: other processes switch scenarios on and off as well. */
final class FaultWatch implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(FaultWatch.class);

    private static final long LOOKS_EVERY_MILLIS = 250;

    private final FaultTable table;
    private final Faults faults;
    private final FaultyWire wire;
    private final ScheduledExecutorService timer =
            Executors.newSingleThreadScheduledExecutor(new DaemonThreads("built-in-provider-faults-"));
    private final ScheduledFuture<?> looking;
    private boolean failing;

    FaultWatch(FaultTable table, Faults faults, FaultyWire wire) {
        this.table = table;
        this.faults = faults;
        this.wire = wire;
        looking = timer.scheduleWithFixedDelay(this::lookOrTryAgain, 0, LOOKS_EVERY_MILLIS, TimeUnit.MILLISECONDS);
    }

    /** Does as the database says, from now on. */
    synchronized void look() {
        faults.switchedOn(table.on().values().stream()
                .collect(Collectors.toMap(FaultTable.On::scenario, FaultTable.On::since, (one, other) -> one)));
        wire.listen(!faults.outOfReach());
    }

    private void lookOrTryAgain() {
        try {
            look();
            failing = false;
        } catch (RuntimeException e) {
            if (!failing) {
                log.warn("it cannot be told which faults are switched on: nothing changes until it can", e);
            }
            failing = true;
        }
    }

    @Override
    public void close() {
        looking.cancel(false);
        timer.shutdown();
    }
}
