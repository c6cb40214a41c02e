package io.orderworkflow.benchmarks.inside;

import static java.util.Objects.requireNonNull;

import com.sun.management.OperatingSystemMXBean;
import io.orderworkflow.api.Money;
import io.orderworkflow.api.Sku;
import io.orderworkflow.api.inventory.ReceiveStock;
import io.orderworkflow.api.inventory.RegisterProduct;
import io.orderworkflow.api.inventory.SetReorderPoint;
import io.orderworkflow.api.order.PlaceOrder;
import io.orderworkflow.benchmarks.inside.MeasuredDatabase.Counters;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.axonframework.commandhandling.gateway.CommandGateway;

/** One measurement: throughput with sixteen clients, then the latency at a share of it. */
final class BenchRun {

    private static final int CLIENTS = 16;
    private static final int LOOKS_AT_STOCK = 50;
    private static final int COLD_COMMANDS = 21;
    private static final double NANOS = 1e9;
    private static final double MILLIS = 1e6;
    /** Whoever is turned away comes again; over HTTP it is told to do so a second later. */
    private static final long COME_AGAIN_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

    private static final long STALLED = TimeUnit.SECONDS.toNanos(60);

    private final BenchOptions options;
    private final CommandGateway commands;
    private final BooleanSupplier admission;
    private final MeasuredDatabase database;
    private final BenchOrders workload;
    private final ExecutorService clients = Executors.newFixedThreadPool(CLIENTS);

    BenchRun(BenchOptions options, CommandGateway commands, BooleanSupplier admission, MeasuredDatabase database) {
        this.options = options;
        this.workload = new BenchOrders(options.skus());
        this.commands = commands;
        this.admission = admission;
        this.database = database;
    }

    /** The line that tells of it, in the form of the peers'. */
    String measure() throws SQLException, IOException, InterruptedException, ExecutionException {
        try {
            supply();
            throughput(options.warmUp());
            // A living database has statistics; without them plans are a matter of luck.
            database.execute("vacuum analyze");
            pause(options.statisticsWait());
            Counters idle = database.counters();
            pause(2);
            Counters before = database.counters();
            double idleCommitsASecond = (before.commits() - idle.commits()) / 2.0;
            long jvmBefore = cpuNanos();
            long databaseBefore = database.cpuNanos();
            Seconds took = throughput(options.orders());
            double jvm = (cpuNanos() - jvmBefore) / MILLIS / options.orders();
            double postgres = (database.cpuNanos() - databaseBefore) / MILLIS / options.orders();
            Counters after = database.counters();
            pause(options.statisticsWait());
            Counters counted = database.counters();
            double most = options.orders() / took.settled;
            double rate = options.rate() > 0 ? options.rate() : most * options.share() / 100;
            double[] latency =
                    options.latencySeconds() > 0 ? latency(rate) : new double[] {Double.NaN, Double.NaN, Double.NaN};
            String problem = lastingProblem();
            return String.format(
                    Locale.ROOT,
                    "RESULT %-14s %8.0f orders/s (accept %6.0f/s)  at %5.0f/s p50 %7.1f p95 %7.1f p99 %7.1f ms"
                            + "  commits/order %6.2f  write-tx/order %5.2f  WAL/order %6.0f B"
                            + "  cpu/order jvm %5.2f pg %5.2f ms  rss %5d MiB  invariants %s",
                    options.axonServer() == null ? "order-workflow" : "order-workflow-axonserver",
                    most,
                    options.orders() / took.accepted,
                    rate,
                    latency[0],
                    latency[1],
                    latency[2],
                    Math.max(
                            0,
                            (counted.commits()
                                            - before.commits()
                                            - idleCommitsASecond * (options.statisticsWait() + took.settled))
                                    / options.orders()),
                    (double) (after.writes() - before.writes()) / options.orders(),
                    (double) (after.wal() - before.wal()) / options.orders(),
                    jvm,
                    postgres,
                    ResidentMemory.peakMiB(),
                    problem.isEmpty() ? "ok" : "FAILED " + problem);
        } finally {
            clients.shutdownNow();
        }
    }

    /** Orders are seen settled, but stock is a read model of its own, which may come after them. */
    private String lastingProblem() throws SQLException, InterruptedException {
        String problem = database.problem(workload);
        for (int look = 0; look < LOOKS_AT_STOCK && !problem.isEmpty(); look++) {
            TimeUnit.MILLISECONDS.sleep(100);
            problem = database.problem(workload);
        }
        return problem;
    }

    /** What a command takes whose stock item is in no cache, with all reservations behind it and without any. */
    String measureColdStock(Runnable forget) throws SQLException {
        Sku sold = BenchOrders.sku(0);
        Sku unsold = BenchOrders.sku(workload.skus());
        supply(unsold);
        return String.format(
                Locale.ROOT,
                "a command on a product that is in no cache: %.1f ms with %,d reservations behind it, %.1f ms with none",
                medianOfCold(sold, forget),
                database.reservations(sold),
                medianOfCold(unsold, forget));
    }

    private double medianOfCold(Sku sku, Runnable forget) {
        long[] took = new long[COLD_COMMANDS];
        for (int command = 0; command < took.length; command++) {
            forget.run();
            long begun = System.nanoTime();
            commands.sendAndWait(new SetReorderPoint(sku, command + 1));
            took[command] = System.nanoTime() - begun;
        }
        Arrays.sort(took);
        return at(took, 50);
    }

    private void supply() throws InterruptedException, ExecutionException {
        AtomicInteger next = new AtomicInteger();
        everyClient(() -> {
            for (int sku = next.getAndIncrement(); sku < workload.skus(); sku = next.getAndIncrement()) {
                supply(BenchOrders.sku(sku));
            }
        });
    }

    private void supply(Sku sku) {
        commands.sendAndWait(new RegisterProduct(sku, "Product " + sku.value(), Money.of("9.90", "EUR"), "Bench"));
        commands.sendAndWait(new ReceiveStock(sku, BenchOrders.STOCK, "bench"));
    }

    /** Has every client do something, and waits until all have. */
    private void everyClient(Runnable task) throws InterruptedException, ExecutionException {
        for (Future<?> client : startClients(task)) {
            client.get();
        }
    }

    private List<Future<?>> startClients(Runnable task) {
        List<Future<?>> started = new ArrayList<>();
        for (int client = 0; client < CLIENTS; client++) {
            started.add(clients.submit(task));
        }
        return started;
    }

    private Seconds throughput(int count) throws SQLException, InterruptedException, ExecutionException {
        AtomicInteger next = new AtomicInteger();
        Progress progress = new Progress(options.reportSeconds(), count, workload.taken());
        long begun = System.nanoTime();
        List<Future<?>> started = startClients(() -> {
            while (next.getAndIncrement() < count) {
                while (!admission.getAsBoolean()) {
                    LockSupport.parkNanos(COME_AGAIN_NANOS);
                }
                commands.sendAndWait(workload.take());
            }
        });
        for (Future<?> client : started) {
            while (!isDone(client)) {
                progress.look(database);
            }
        }
        double accepted = (System.nanoTime() - begun) / NANOS;
        long last = -1;
        long changed = System.nanoTime();
        for (long settled = database.settled(); settled < workload.taken(); settled = database.settled()) {
            long now = System.nanoTime();
            if (settled != last) {
                last = settled;
                changed = now;
            } else if (now - changed > STALLED) {
                throw new IllegalStateException("stalled with %d of %d settled".formatted(settled, workload.taken()));
            }
            progress.look(database);
            TimeUnit.MILLISECONDS.sleep(10);
        }
        return new Seconds(accepted, (System.nanoTime() - begun) / NANOS);
    }

    private static boolean isDone(Future<?> client) throws InterruptedException, ExecutionException {
        try {
            client.get(1, TimeUnit.SECONDS);
            return true;
        } catch (TimeoutException notYet) {
            return false;
        }
    }

    /** Milliseconds from the moment at which an order was due until it was seen settled: p50, p95, p99. */
    private double[] latency(double rate) throws SQLException, InterruptedException, ExecutionException {
        int count = (int) Math.max(200, rate * options.latencySeconds());
        List<PlaceOrder> orders = workload.take(count - count % BenchOrders.ONE_IS_DECLINED_OF);
        Map<UUID, Long> pending = new ConcurrentHashMap<>();
        AtomicInteger next = new AtomicInteger();
        long begin = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(100);
        List<Future<?>> started = startClients(() -> {
            for (int order = next.getAndIncrement(); order < orders.size(); order = next.getAndIncrement()) {
                long due = begin + (long) (order * NANOS / rate);
                for (long early = due - System.nanoTime(); early > 0; early = due - System.nanoTime()) {
                    LockSupport.parkNanos(early);
                }
                pending.put(orders.get(order).orderId().value(), due);
                commands.sendAndWait(orders.get(order));
            }
        });
        long[] took = new long[orders.size()];
        long changed = System.nanoTime();
        for (int seen = 0; seen < took.length; ) {
            List<UUID> settled =
                    database.settledOf(pending.keySet().stream().limit(2_000).toList());
            long now = System.nanoTime();
            for (UUID orderId : settled) {
                took[seen++] = now - requireNonNull(pending.remove(orderId));
                changed = now;
            }
            if (now - changed > STALLED) {
                throw new IllegalStateException("stalled with %d of %d settled".formatted(seen, took.length));
            }
            TimeUnit.MILLISECONDS.sleep(2);
        }
        for (Future<?> client : started) {
            client.get();
        }
        Arrays.sort(took);
        return new double[] {at(took, 50), at(took, 95), at(took, 99)};
    }

    private static double at(long[] sorted, int percent) {
        return sorted[sorted.length * percent / 100] / MILLIS;
    }

    private static void pause(int seconds) throws InterruptedException {
        TimeUnit.SECONDS.sleep(seconds);
    }

    private static long cpuNanos() {
        return ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class).getProcessCpuTime();
    }

    /**
     * How long it took.
     *
     * @param accepted until all orders were accepted
     * @param settled until all were seen settled
     */
    private record Seconds(double accepted, double settled) {}
}
