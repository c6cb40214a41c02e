package io.orderworkflow.benchmarks.inside;

import java.io.IOException;
import java.sql.SQLException;
import java.util.concurrent.ExecutionException;

/** Measures the program once, and prints a line. */
public final class Bench {

    private Bench() {}

    /** Measures what the arguments say ({@link BenchOptions}). */
    public static void main(String[] arguments)
            throws IOException, SQLException, InterruptedException, ExecutionException {
        BenchOptions options = BenchOptions.of(arguments);
        try (ProgramInside program = ProgramInside.start(options.axonServer())) {
            BenchRun run = new BenchRun(options, program.commands(), program.admission(), program.database());
            System.out.println(run.measure());
            if (options.reportSeconds() > 0) {
                System.out.println(run.measureColdStock(program.forgettingStock()));
            }
        }
    }
}
