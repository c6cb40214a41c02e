package io.orderworkflow.benchmarks;

import io.orderworkflow.benchmarks.BenchQuery.Settings;
import io.orderworkflow.benchmarks.WorkflowApi.Answer;
import java.io.PrintStream;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import tools.jackson.databind.JsonNode;

/** Measures the query side, one thing after the other. */
final class QueryBench {

    private static final int TEMPLATES = 400;
    private static final int SKUS = 1_000;
    private static final Duration SETTLED_WITHIN = Duration.ofSeconds(30);
    private static final String PROCESSOR = "/api/admin/processors/order-view";

    private final Settings settings;
    private final Path folder;
    private final PrintStream out;
    private final Workload workload = new Workload("query", TEMPLATES, SKUS);

    QueryBench(Settings settings, Path folder, PrintStream out) {
        this.settings = settings;
        this.folder = folder;
        this.out = out;
    }

    void measure() throws SQLException {
        say("A program of its own in %s", folder);
        try (OwnProgram program = start()) {
            placeTemplates(program.api());
        }
        try (OwnProgram program = start("--order-workflow.roles=query,web");
                Connection database = program.database()) {
            rebuild(program.api(), database);
            int times = Math.max(settings.rows() / settings.orders() - 1, 0);
            Copies.ofRows(database, times);
        }
        try (OwnProgram program = start();
                Connection database = program.database()) {
            resume(program.api());
            new PageTimes(program.api(), database, workload, out).measure();
            new StreamDelay(program, settings.rate(), out).measure();
        }
    }

    private OwnProgram start(String... more) {
        String[] all = new String[more.length + 1];
        all[0] = "--order-workflow.audit.enabled=false";
        System.arraycopy(more, 0, all, 1, more.length);
        return OwnProgram.start(settings.program(), folder, out, all);
    }

    private void placeTemplates(WorkflowApi api) {
        Stock stock = new Stock(api, SETTLED_WITHIN);
        workload.allSkus().forEach(sku -> stock.supply(sku, "Query " + sku, workload.stock()));
        List<CompletableFuture<Answer>> placed = IntStream.range(0, TEMPLATES)
                .mapToObj(workload::order)
                .map(order -> api.place(order.key(), order.body(), SETTLED_WITHIN))
                .toList();
        placed.forEach(answer -> answer.join().expecting(201));
    }

    private void rebuild(WorkflowApi api, Connection database) throws SQLException {
        for (String processor : List.of("order-view", "inventory-view")) {
            api.postOnce("/api/admin/processors/" + processor + "/pause", Set.of());
        }
        await(api, processor -> !processor.path("running").asBoolean());
        long begun = System.nanoTime();
        long events = Copies.ofEvents(database, settings.orders() / TEMPLATES);
        say("%,d events of %,d orders, made in %.0f s", events, settings.orders(), secondsSince(begun));

        begun = System.nanoTime();
        api.postOnce(PROCESSOR + "/replay", Set.of())
                .orElseThrow(() -> new IllegalStateException("the rebuild was not begun"))
                .expecting(202);
        await(api, processor -> processor.path("replay").path("position").asLong(-1) >= events);
        double filled = secondsSince(begun);
        await(
                api,
                processor ->
                        "SWITCHED".equals(processor.path("replay").path("state").asString("")));
        double switched = secondsSince(begun);
        say("rebuild of the orders' projection   %,.0f events/s (filled in %.1f s)", events / filled, filled);
        say("  compared and switched             %.1f s after its beginning", switched);
        api.deleteOnce(PROCESSOR + "/replay");
    }

    private static void resume(WorkflowApi api) {
        for (String processor : List.of("order-view", "inventory-view")) {
            api.postOnce("/api/admin/processors/" + processor + "/resume", Set.of());
        }
        await(api, processor -> processor.path("running").asBoolean());
    }

    private static void await(WorkflowApi api, Predicate<JsonNode> condition) {
        while (!condition.test(api.get(PROCESSOR).expecting(200).body())) {
            Pause.of(Duration.ofMillis(50));
        }
    }

    private static double secondsSince(long begun) {
        return (System.nanoTime() - begun) / 1e9;
    }

    private void say(String format, Object... arguments) {
        out.println(String.format(Locale.ROOT, format, arguments));
    }
}
