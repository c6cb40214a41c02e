package io.orderworkflow.benchmarks;

import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Lets the orders of a program of its own become more and more, and measures the same each time. */
final class GrowthBench {

    private static final int TEMPLATES = 400;
    /** Until most pages that orders touch have been written in full once, as after every checkpoint. */
    private static final int WARM_UP = 16_000;

    private static final int MEASURED = 4_000;
    private static final int TIMELINES = 300;
    private static final Duration PATIENCE = Duration.ofMinutes(5);

    private final Path jar;
    private final Path folder;
    private final PrintStream out;
    private final PrintStream nowhere = new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8);
    private final Workload workload = new Workload("growth", TEMPLATES, 1_000);
    private final List<String> lines = new ArrayList<>();
    private long templates;
    private int copies;

    GrowthBench(Path jar, Path folder, PrintStream out) {
        this.jar = jar;
        this.folder = folder;
        this.out = out;
    }

    void measure(int... sizes) throws SQLException {
        out.println("A program of its own in " + folder);
        try (OwnProgram program = start();
                Connection database = program.database()) {
            Copies.placeTemplates(program.api(), workload);
            templates = Copies.head(database);
        }
        for (int size : sizes) {
            double rebuilt = grow(size);
            lines.add(at(size, rebuilt));
            out.println();
            out.println(
                    "| orders | events | events read a second by a rebuild | ready after | memory | orders/s | CPU an order,"
                            + " program + PostgreSQL | WAL an order | page p50, p95 | timeline p50, p95 |");
            out.println("|---|---|---|---|---|---|---|---|---|---|");
            lines.forEach(out::println);
        }
    }

    private OwnProgram start(String... more) {
        return OwnProgram.startUnaudited(jar, folder, out, more);
    }

    /** Makes so many orders of those that there are, and has the list of orders made of them. */
    private double grow(int size) throws SQLException {
        try (OwnProgram program = start("--order-workflow.roles=query,web");
                Connection database = program.database()) {
            Rebuild rebuild = new Rebuild(program.api());
            rebuild.pause();
            int more = Math.max(0, size / TEMPLATES - 1 - copies);
            long begun = System.nanoTime();
            long events = Copies.ofEvents(database, templates, copies + 1, copies + more);
            copies += more;
            out.println(String.format(
                    Locale.ROOT, "%,d orders: %,d events, made in %.0f s", size, events, secondsSince(begun)));
            double took = rebuild.run(events);
            rebuild.end();
            rebuild.resume();
            Copies.tidyUp(database);
            return events / took;
        }
    }

    private String at(int size, double rebuilt) throws SQLException {
        long begun = System.nanoTime();
        try (OwnProgram program = start();
                Connection database = program.database()) {
            double ready = secondsSince(begun);
            WorkflowApi api = program.api();
            load(api, WARM_UP);
            Duration cpu = program.cpu();
            Duration databaseCpu = program.databaseCpu();
            double wal = ProgramMetrics.of(api).walBytes().orElse(Double.NaN);
            Duration took = load(api, MEASURED);
            cpu = program.cpu().minus(cpu);
            databaseCpu = program.databaseCpu().minus(databaseCpu);
            wal = ProgramMetrics.of(api).walBytes().orElse(Double.NaN) - wal;
            Percentiles pages = new PageTimes(api, database, workload, nowhere).measure();
            Percentiles timelines = timelines(api);
            return String.format(
                    Locale.ROOT,
                    "| %,d | %,d | %,.0f | %.1f s | %,d MiB | %.0f | %.2f + %.2f ms | %.1f kB | %.1f, %.1f ms | %.1f, %.1f ms |",
                    size,
                    Copies.head(database),
                    rebuilt,
                    ready,
                    program.residentMiB(),
                    MEASURED / (took.toNanos() / 1e9),
                    millisAnOrder(cpu),
                    millisAnOrder(databaseCpu),
                    wal / MEASURED / 1_000,
                    pages.millisAt(50),
                    pages.millisAt(95),
                    timelines.millisAt(50),
                    timelines.millisAt(95));
        }
    }

    private Duration load(WorkflowApi api, int orders) {
        LoadRun run =
                new LoadRun(LoadOptions.parse(Integer.toString(orders)), api, Program.newRun(), PATIENCE, nowhere);
        if (!run.succeeds()) {
            throw new IllegalStateException("something was wrong with the orders that were placed");
        }
        return run.took();
    }

    private static double millisAnOrder(Duration cpu) {
        return cpu.toNanos() / 1e6 / MEASURED;
    }

    private Percentiles timelines(WorkflowApi api) {
        List<String> orders = new ArrayList<>();
        for (int page = 0; orders.size() < TIMELINES; page++) {
            api.get("/api/orders?size=100&status=CONFIRMED&page=" + page)
                    .expecting(200)
                    .body()
                    .path("items")
                    .forEach(order -> orders.add(order.path("orderId").asString()));
        }
        return Percentiles.of(orders.stream()
                .limit(TIMELINES)
                .map(order -> api.get("/api/orders/" + order + "/timeline")
                        .expecting(200)
                        .nanos())
                .toList());
    }

    private static double secondsSince(long begun) {
        return (System.nanoTime() - begun) / 1e9;
    }
}
