package io.orderworkflow.benchmarks;

import io.orderworkflow.benchmarks.WorkflowApi.Answer;
import io.orderworkflow.benchmarks.Workload.Order;
import java.io.PrintStream;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/** Places orders as fast as it is allowed to, waits until all are settled, and looks whether everything is right. */
final class LoadRun {

    /** An idle connection of PostgreSQL adds what it did to the statistics after 10 s at the latest. */
    private static final Duration UNTIL_COUNTED = Duration.ofSeconds(11);

    private static final Duration LONGEST_WAIT = Duration.ofSeconds(30);
    private static final Duration REPORT_EVERY = Duration.ofSeconds(5);

    /** About as many orders, evenly spread, are timed one by one: to wait for each would be a load of its own. */
    private static final int TIMED = 500;

    private static final int LEAST_DISTANCE_OF_TIMED = 10;
    private static final double NANOS_PER_SECOND = 1e9;

    private final LoadOptions options;
    private final WorkflowApi api;
    private final PrintStream out;
    private final Workload workload;
    private final Settlement settlement;
    private final Stock stock;
    private final FollowedOrders followed;
    private final int distanceOfTimed;

    private final AtomicInteger next = new AtomicInteger();
    private final Map<String, Order> ordersById = new ConcurrentHashMap<>();
    private final ConcurrentLinkedQueue<Long> latencies = new ConcurrentLinkedQueue<>();
    private final ConcurrentLinkedQueue<Long> settledAfterAccepted = new ConcurrentLinkedQueue<>();
    private final ConcurrentLinkedQueue<Long> answers = new ConcurrentLinkedQueue<>();

    /** Orders that were settled when the program said that it had waited for that in vain. */
    private final ConcurrentLinkedQueue<String> unnoticed = new ConcurrentLinkedQueue<>();

    private final AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();
    private final Duration patience;
    private final boolean countsCommits;
    private long begun;
    private long tookNanos;

    /**
     * Prepares a run.
     *
     * @param patience how long nothing at all may happen before it is given up
     */
    LoadRun(LoadOptions options, WorkflowApi api, String run, Duration patience, PrintStream out) {
        this.options = options;
        this.api = api;
        this.patience = patience;
        this.out = out;
        this.workload = new Workload(run, options.orders(), options.skus());
        this.settlement = new Settlement(api, workload);
        this.stock = new Stock(api, patience);
        this.followed = new FollowedOrders(options.url(), options.streams());
        this.distanceOfTimed = Math.max(LEAST_DISTANCE_OF_TIMED, options.orders() / TIMED);
        this.countsCommits = ProgramMetrics.commits(api).isPresent();
    }

    /** Whether every order is settled, and everything as it should be. */
    boolean succeeds() {
        ExecutorService clients = Executors.newFixedThreadPool(options.clients());
        try {
            supply(clients);
            ProgramMetrics before = metricsOnceCounted();
            long repeatsBefore = api.repeats();
            tookNanos = place(clients);
            OptionalDouble walBytes = ProgramMetrics.growth(
                    before.walBytes(), ProgramMetrics.of(api).walBytes());
            ProgramMetrics after = metricsOnceCounted();
            awaitFollowers();
            Audit audit = audit(clients, api.repeats() > repeatsBefore);
            report(tookNanos, before, after, walBytes, api.repeats() - repeatsBefore);
            return verdict(audit);
        } finally {
            clients.shutdownNow();
        }
    }

    /** How long it took, from the first submit until the last order was seen settled. */
    Duration took() {
        return Duration.ofNanos(tookNanos);
    }

    private void supply(ExecutorService clients) {
        say(
                "Run %s: %,d orders of 2 lines over %,d products, %d clients%s",
                workload.run(),
                options.orders(),
                options.skus(),
                options.clients(),
                options.rate() == 0 ? "" : ", " + options.rate() + " orders due a second");
        long supplied = System.nanoTime();
        Stock.forEach(workload.allSkus(), sku -> stock.supply(sku, "Load " + sku, workload.stock()), clients);
        say("  products registered and supplied in %.1f s", secondsSince(supplied));
    }

    private ProgramMetrics metricsOnceCounted() {
        if (countsCommits) {
            say("  waiting %d s until PostgreSQL has counted all commits so far", UNTIL_COUNTED.toSeconds());
            Pause.of(UNTIL_COUNTED);
        }
        return ProgramMetrics.of(api);
    }

    /** Places all orders and watches them settle; the nanoseconds from the first submit until the last was settled. */
    private long place(ExecutorService clients) {
        begun = System.nanoTime();
        for (int client = 0; client < options.clients(); client++) {
            clients.execute(this::placeOneAfterTheOther);
        }
        long lastReport = begun;
        long lastMove = begun;
        long position = 0;
        while (!settlement.isComplete()) {
            boolean moreComplete = settlement.look();
            long now = System.nanoTime();
            failIfAClientFailed();
            if (settlement.accepted() + settlement.settled() != position) {
                position = settlement.accepted() + settlement.settled();
                lastMove = now;
            } else if (now - lastMove > patience.toNanos()) {
                throw new IllegalStateException("nothing has moved for %d s: %,d orders are accepted, %,d seen settled"
                        .formatted(patience.toSeconds(), settlement.accepted(), settlement.settled()));
            }
            if (now - lastReport > REPORT_EVERY.toNanos()) {
                lastReport = now;
                say(
                        "  %3.0f s: %,d accepted, %,d seen settled",
                        secondsSince(begun), settlement.accepted(), settlement.settled());
            }
            if (!moreComplete) {
                Pause.of(Duration.ofMillis(25));
            }
        }
        return System.nanoTime() - begun;
    }

    private void awaitFollowers() {
        long begunToWait = System.nanoTime();
        while (!followed.sawAllSettled() && System.nanoTime() - begunToWait < patience.toNanos()) {
            Pause.of(Duration.ofMillis(25));
        }
    }

    private void placeOneAfterTheOther() {
        for (int i = next.getAndIncrement(); i < options.orders(); i = next.getAndIncrement()) {
            if (failure.get() != null) {
                return;
            }
            Order order = workload.order(i);
            long submitted = waitUntilDue(i);
            CompletableFuture<Void> placed = i % distanceOfTimed == 0
                    ? placeTimed(order, submitted)
                    : place(order, Duration.ZERO).thenAccept(answer -> {
                        answers.add(answer.nanos());
                        accepted(order, answer);
                    });
            var unused = placed.whenComplete((done, failed) -> {
                if (failed != null) {
                    failure.compareAndSet(null, failed);
                }
            });
            if (i % distanceOfTimed != 0) {
                join(placed);
            }
        }
    }

    /** With a rate, lateness of this driver counts as the program's: whoever orders does not wait for others. */
    private long waitUntilDue(int index) {
        if (options.rate() == 0) {
            return System.nanoTime();
        }
        long due = begun + (long) (index * NANOS_PER_SECOND / options.rate());
        long early = due - System.nanoTime();
        if (early > 0) {
            Pause.of(Duration.ofNanos(early));
        }
        return due;
    }

    private CompletableFuture<Answer> place(Order order, Duration wait) {
        return api.place(order.key(), order.body(), wait).thenApply(answer -> answer.expecting(201, 202));
    }

    /** The client goes on with its next order, while the program is asked to answer once this one is settled. */
    private CompletableFuture<Void> placeTimed(Order order, long submitted) {
        return place(order, LONGEST_WAIT).thenCompose(answer -> {
            if (answer.status() == 201) {
                latencies.add(System.nanoTime() - submitted);
                settledAfterAccepted.add(answer.nanos());
            } else if (settlement.isLongSettled(orderIdIn(answer))) {
                unnoticed.add(orderIdIn(answer));
            } else {
                return placeTimed(order, submitted);
            }
            accepted(order, answer);
            return CompletableFuture.completedFuture(null);
        });
    }

    private static String orderIdIn(Answer answer) {
        return answer.body().path("orderId").asString();
    }

    private void accepted(Order order, Answer answer) {
        ordersById.put(orderIdIn(answer), order);
        followed.follow(orderIdIn(answer));
        settlement.accepted(order);
    }

    private static void join(CompletableFuture<Void> placed) {
        placed.exceptionally(failed -> null).join();
    }

    private void failIfAClientFailed() {
        Throwable failed = failure.get();
        if (failed != null) {
            throw new IllegalStateException("an order could not be placed: " + failed.getMessage(), failed);
        }
    }

    private Audit audit(ExecutorService clients, boolean wasAway) {
        Audit audit = new Audit(workload, ordersById, wasAway);
        for (int customer = 0; customer < workload.customers(); customer++) {
            settlement.ordersOf(customer).forEach(audit::add);
        }
        unnoticed.forEach(audit::addUnnoticed);
        audit.compareStock(stock, patience, clients);
        return audit;
    }

    private void report(
            long nanos, ProgramMetrics before, ProgramMetrics after, OptionalDouble walBytes, long repeats) {
        Percentiles timed = Percentiles.of(latencies);
        say("");
        say(
                "orders/s           %.0f (%.1f s from the first submit until the last was seen settled)",
                options.orders() / (nanos / NANOS_PER_SECOND), nanos / NANOS_PER_SECOND);
        say("submit to settled  %s", timed);
        say(
                "                   (%d orders, every %dth, from the client's submit until Prefer: wait was answered)",
                timed.count(), distanceOfTimed);
        say(
                "taken to settled   %s (of these, from the request on that was let in)",
                Percentiles.of(settledAfterAccepted));
        say("answer 202         %s (from the request on that was let in)", Percentiles.of(answers));
        say(
                "told to come again %s (%,d times)",
                api.turnedAway(), api.turnedAway().count());
        say("commits an order   %s", perOrder("%.2f", 1, ProgramMetrics.growth(before.commits(), after.commits())));
        say("WAL an order       %s", perOrder("%,.0f bytes", 1, walBytes));
        say(
                "CPU an order       %s",
                perOrder("%.2f ms in the program's JVM", 1e6, ProgramMetrics.cpuNanos(before, after)));
        say(
                "heap used          %s",
                after.heapBytes().isPresent()
                        ? String.format(
                                Locale.ROOT, "%,.0f MB", after.heapBytes().getAsDouble() / (1 << 20))
                        : "not available");
        if (options.streams() > 0) {
            say("streams            %s", followed);
        }
        say("requests repeated  %,d, after connection errors or answers such as 503", repeats);
    }

    private String perOrder(String format, double unit, OptionalDouble total) {
        return total.isPresent()
                ? String.format(Locale.ROOT, format, total.getAsDouble() / unit / options.orders())
                : "not available";
    }

    private boolean verdict(Audit audit) {
        int declined = (int) LongStream.range(0, options.orders())
                .filter(index -> workload.order((int) index).declined())
                .count();
        say("");
        say("confirmed          %,d of %,d", audit.confirmed(), options.orders() - declined);
        say("declined           %,d of %,d", audit.declined(), declined);
        if (audit.late() > 0) {
            say("timed out          %,d, as the program was away when their deadlines passed", audit.late());
        }
        boolean complete = audit.confirmed() + audit.declined() + audit.late() == options.orders();
        boolean right = complete && audit.faults().isEmpty() && followed.sawAllSettled();
        audit.faults().forEach(fault -> say("WRONG: %s", fault));
        say(
                "stock              %s",
                audit.faults().isEmpty()
                        ? "conserved: of every product, received - confirmed = on hand, and nothing is reserved"
                        : "see above");
        say("%s", right ? "All orders are settled, and everything is right." : "NOT EVERYTHING IS RIGHT.");
        return right;
    }

    private static double secondsSince(long nanoTime) {
        return (System.nanoTime() - nanoTime) / NANOS_PER_SECOND;
    }

    @SuppressWarnings("AnnotateFormatMethod") // That annotation would be a dependency, for this one private method.
    private void say(String format, Object... values) {
        out.println(String.format(Locale.ROOT, format, values));
    }
}
