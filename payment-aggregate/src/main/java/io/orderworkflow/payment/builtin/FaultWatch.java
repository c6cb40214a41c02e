package io.orderworkflow.payment.builtin;

import io.orderworkflow.platform.PeriodicWork;
import java.time.Duration;
import java.util.stream.Collectors;
import org.springframework.context.SmartLifecycle;

/** Has this process do as the database says: other processes switch scenarios on and off as well. */
final class FaultWatch implements SmartLifecycle {

    private static final Duration INTERVAL = Duration.ofMillis(250);

    private final FaultTable table;
    private final Faults faults;
    private final FaultyWire wire;
    private final PeriodicWork rounds =
            PeriodicWork.of("built-in-provider-faults", INTERVAL, this::look).atOnce();

    FaultWatch(FaultTable table, Faults faults, FaultyWire wire) {
        this.table = table;
        this.faults = faults;
        this.wire = wire;
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

    /** Does as the database says, from now on; as before, if it cannot be asked. */
    synchronized void look() {
        faults.switchedOn(table.on().values().stream()
                .collect(Collectors.toMap(FaultTable.On::scenario, FaultTable.On::since, (one, other) -> one)));
        wire.listen(!faults.outOfReach());
    }
}
