package io.orderworkflow.benchmarks;

import java.io.PrintStream;
import java.time.Duration;
import java.util.concurrent.CompletionException;

/** Places orders over HTTP under load, waits until all are settled, and says how that went. */
final class Load {

    /** How long the program may be away, or nothing may move. */
    private static final Duration PATIENCE = Duration.ofMinutes(5);

    private Load() {}

    /** Ends with 0 only if every order is settled and everything is right. */
    public static void main(String[] arguments) {
        PrintStream out = System.out;
        System.exit(run(out, arguments));
    }

    private static int run(PrintStream out, String... arguments) {
        try {
            LoadOptions options = LoadOptions.parse(arguments);
            WorkflowApi api = new WorkflowApi(options.url(), PATIENCE);
            Program.awaitStart(api, options.url(), out);
            return new LoadRun(options, api, Program.newRun(), PATIENCE, out).succeeds() ? 0 : 1;
        } catch (IllegalArgumentException e) {
            out.println(e.getMessage());
            out.println(LoadOptions.USAGE);
            return 2;
        } catch (IllegalStateException | CompletionException e) {
            out.println("GIVEN UP: " + e.getMessage());
            return 1;
        }
    }
}
