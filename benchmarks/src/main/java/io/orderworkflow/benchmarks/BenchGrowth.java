package io.orderworkflow.benchmarks;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.concurrent.CompletionException;

/** Measures what an order, a page and a start cost where there are few orders, and where there are many. */
final class BenchGrowth {

    private static final String USAGE = "usage: scripts/bench-growth [ORDERS...]: how many there are to be, the fewest"
            + " first; 1000 100000 1000000 by default";
    private static final Path PROGRAM = Path.of("application", "target", "order-workflow.jar");

    private BenchGrowth() {}

    /** Ends with 0 if everything could be measured. */
    public static void main(String[] arguments) throws IOException {
        System.exit(run(System.out, arguments));
    }

    private static int run(PrintStream out, String... arguments) throws IOException {
        if (!Arrays.stream(arguments).allMatch(orders -> orders.matches("[1-9]\\d{2,6}"))) {
            out.println(USAGE);
            return 2;
        }
        int[] sizes = arguments.length == 0
                ? new int[] {1_000, 100_000, 1_000_000}
                : Arrays.stream(arguments).mapToInt(Integer::parseInt).toArray();
        Path folder = Files.createTempDirectory("bench-growth");
        try {
            new GrowthBench(PROGRAM, folder, out).measure(sizes);
            return 0;
        } catch (IllegalStateException | CompletionException | SQLException e) {
            out.println("GIVEN UP: " + e.getMessage() + "; what there is lies in " + folder);
            return 1;
        }
    }
}
