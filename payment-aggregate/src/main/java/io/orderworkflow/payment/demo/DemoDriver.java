package io.orderworkflow.payment.demo;

import io.orderworkflow.api.Refusal;
import io.orderworkflow.api.fault.DemoOrders;
import io.orderworkflow.api.fault.FindDemoOrders;
import io.orderworkflow.api.fault.StartDemoOrders;
import io.orderworkflow.api.fault.StopDemoOrders;
import io.orderworkflow.platform.CommandRefusedException;
import io.orderworkflow.platform.PeriodicWork;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import org.axonframework.commandhandling.CommandHandler;
import org.axonframework.queryhandling.QueryHandler;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/** Places orders by itself, at a rate that an operator chose. */
final class DemoDriver implements SmartLifecycle {

    private static final Logger log = LoggerFactory.getLogger(DemoDriver.class);

    private static final Duration INTERVAL = Duration.ofMillis(50);

    private final DemoRunTable table;
    private final DemoShopper shopper;
    private final AtomicReference<@Nullable DemoRun> current = new AtomicReference<>();
    private final PeriodicWork rounds =
            PeriodicWork.of("demo-driver", INTERVAL, this::goOn).andFinally(this::end);

    DemoDriver(DemoRunTable table, DemoShopper shopper) {
        this.table = table;
        this.shopper = shopper;
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

    @CommandHandler
    void handle(StartDemoOrders command) {
        UUID run = UUID.randomUUID();
        if (!table.begin(run, command.perSecond(), command.seconds())) {
            throw new CommandRefusedException(
                    Refusal.Code.DEMO_ORDERS_RUNNING, "Demo orders are being placed already; stop them first.");
        }
        current.set(new DemoRun(run, command.perSecond(), command.seconds(), table, shopper));
        log.info("placing {} demo orders a second", command.perSecond());
    }

    @CommandHandler
    void handle(StopDemoOrders command) {
        table.stop();
    }

    @QueryHandler
    DemoOrders handle(FindDemoOrders query) {
        return table.find();
    }

    private void goOn() {
        DemoRun run = current.get();
        if (run != null && !run.goOn()) {
            current.compareAndSet(run, null);
        }
    }

    private void end() {
        DemoRun run = current.getAndSet(null);
        if (run != null) {
            run.end();
        }
    }
}
