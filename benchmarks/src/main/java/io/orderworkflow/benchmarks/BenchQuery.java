package io.orderworkflow.benchmarks;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.concurrent.CompletionException;

/**
 * Measures the query side on a program and a database of its own: how fast a projection is rebuilt, how long a page of
 * a long list takes, and how soon a change is seen on the stream.
 */
final class BenchQuery {

    private static final String USAGE = """
            Usage: scripts/bench-query [--program JAR] [--orders N] [--rows N] [--rate N]
              --program  the built program; application/target/order-workflow.jar by default
              --orders   orders whose events are rebuilt from; 100000 by default
              --rows     orders in the list that pages are read of; 1000000 by default
              --rate     orders placed a second while the stream is timed; 60 by default, half of what this program
                         settles on two cores""";

    private BenchQuery() {}

    /** Ends with 0 if everything could be measured. */
    public static void main(String[] arguments) throws IOException {
        System.exit(run(System.out, arguments));
    }

    private static int run(PrintStream out, String... arguments) throws IOException {
        Settings settings;
        try {
            settings = Settings.parse(arguments);
        } catch (IllegalArgumentException e) {
            out.println(e.getMessage());
            out.println(USAGE);
            return 2;
        }
        Path folder = Files.createTempDirectory("bench-query");
        try {
            new QueryBench(settings, folder, out).measure();
            return 0;
        } catch (IllegalStateException | CompletionException | SQLException e) {
            out.println("GIVEN UP: " + e.getMessage() + "; what there is lies in " + folder);
            return 1;
        }
    }

    /**
     * What is measured.
     *
     * @param program the built program
     * @param orders orders whose events a projection is rebuilt from
     * @param rows orders in the list that pages are read of
     * @param rate orders placed a second while the stream is timed
     */
    record Settings(Path program, int orders, int rows, int rate) {

        private static final Settings DEFAULT =
                new Settings(Path.of("application", "target", "order-workflow.jar"), 100_000, 1_000_000, 60);

        private static Settings parse(String... arguments) {
            if (arguments.length % 2 != 0) {
                throw new IllegalArgumentException("an option is without its value");
            }
            Settings settings = DEFAULT;
            for (int index = 0; index < arguments.length; index += 2) {
                settings = settings.with(arguments[index], arguments[index + 1]);
            }
            return settings;
        }

        private Settings with(String name, String value) {
            return switch (name) {
                case "--program" -> new Settings(Path.of(value), orders, rows, rate);
                case "--orders" -> new Settings(program, Integer.parseInt(value), rows, rate);
                case "--rows" -> new Settings(program, orders, Integer.parseInt(value), rate);
                case "--rate" -> new Settings(program, orders, rows, Integer.parseInt(value));
                default -> throw new IllegalArgumentException("there is no option " + name);
            };
        }
    }
}
