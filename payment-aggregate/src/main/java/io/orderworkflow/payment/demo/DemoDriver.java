package io.orderworkflow.payment.demo;

import io.orderworkflow.api.Refusal;
import io.orderworkflow.api.fault.DemoOrders;
import io.orderworkflow.api.fault.FindDemoOrders;
import io.orderworkflow.api.fault.StartDemoOrders;
import io.orderworkflow.api.fault.StopDemoOrders;
import io.orderworkflow.payment.DaemonThreads;
import io.orderworkflow.platform.CommandRefusedException;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.axonframework.commandhandling.CommandHandler;
import org.axonframework.queryhandling.QueryHandler;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Places orders by itself, at a rate that an operator chose. */
final class DemoDriver implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(DemoDriver.class);

    private static final long TICK_MILLIS = 50;

    private final DemoRunTable table;
    private final DemoShopper shopper;
    private final ScheduledExecutorService timer =
            Executors.newSingleThreadScheduledExecutor(new DaemonThreads("demo-driver-"));
    private final ScheduledFuture<?> ticking;
    private final AtomicReference<@Nullable DemoRun> current = new AtomicReference<>();

    DemoDriver(DemoRunTable table, DemoShopper shopper) {
        this.table = table;
        this.shopper = shopper;
        ticking = timer.scheduleWithFixedDelay(this::tick, TICK_MILLIS, TICK_MILLIS, TimeUnit.MILLISECONDS);
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

    private void tick() {
        try {
            DemoRun run = current.get();
            if (run != null && !run.goOn()) {
                current.compareAndSet(run, null);
            }
        } catch (RuntimeException e) {
            log.warn("demo orders are held up", e);
        }
    }

    @Override
    public void close() {
        ticking.cancel(false);
        timer.shutdown();
        DemoRun run = current.getAndSet(null);
        if (run != null) {
            run.end();
        }
    }
}
