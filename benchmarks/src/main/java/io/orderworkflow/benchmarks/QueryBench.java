package io.orderworkflow.benchmarks;

import io.orderworkflow.benchmarks.BenchQuery.Settings;
import java.io.PrintStream;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Locale;

/** Measures the query side, one thing after the other. */
final class QueryBench {

    private static final int TEMPLATES = 400;
    private static final int SKUS = 1_000;

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
            Copies.placeTemplates(program.api(), workload);
        }
        try (OwnProgram program = start("--order-workflow.roles=query,web");
                Connection database = program.database()) {
            rebuild(program.api(), database);
            int times = Math.max(settings.rows() / settings.orders() - 1, 0);
            Copies.ofRows(database, times);
        }
        try (OwnProgram program = start();
                Connection database = program.database()) {
            new Rebuild(program.api()).resume();
            new PageTimes(program.api(), database, workload, out).measure();
            new StreamDelay(program, settings.rate(), out).measure();
        }
    }

    private OwnProgram start(String... more) {
        return OwnProgram.startUnaudited(settings.program(), folder, out, more);
    }

    private void rebuild(WorkflowApi api, Connection database) throws SQLException {
        Rebuild rebuild = new Rebuild(api);
        rebuild.pause();
        long begun = System.nanoTime();
        long events = Copies.ofEvents(database, Long.MAX_VALUE, 1, settings.orders() / TEMPLATES);
        say("%,d events of %,d orders, made in %.0f s", events, settings.orders(), secondsSince(begun));

        begun = System.nanoTime();
        double filled = rebuild.run(events);
        double switched = secondsSince(begun);
        say("rebuild of the orders' projection   %,.0f events/s (filled in %.1f s)", events / filled, filled);
        say("  compared and switched             %.1f s after its beginning", switched);
        rebuild.end();
    }

    private static double secondsSince(long begun) {
        return (System.nanoTime() - begun) / 1e9;
    }

    @SuppressWarnings("AnnotateFormatMethod") // The annotation is Error Prone's, which is no dependency.
    private void say(String format, Object... arguments) {
        out.println(String.format(Locale.ROOT, format, arguments));
    }
}
