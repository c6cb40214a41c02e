package io.orderworkflow.benchmarks;

import java.io.PrintStream;
import java.net.URI;
import java.time.Duration;

/** The program that is used. */
final class Program {

    private static final Duration START_LIMIT = Duration.ofMinutes(3);

    private Program() {}

    /**
     * Waits until it takes orders, as it may have been started just now.
     *
     * @throws IllegalStateException if it does not
     */
    static void awaitStart(WorkflowApi api, URI url, PrintStream out) {
        long begun = System.nanoTime();
        boolean said = false;
        while (!isReady(api)) {
            if (System.nanoTime() - begun > START_LIMIT.toNanos()) {
                throw new IllegalStateException("the order workflow is not ready at %s; start it first: ".formatted(url)
                        + "java -jar application/target/order-workflow.jar");
            }
            if (!said) {
                out.println(
                        "Waiting up to %d s for the order workflow at %s ...".formatted(START_LIMIT.toSeconds(), url));
                said = true;
            }
            Pause.of(Duration.ofMillis(500));
        }
    }

    private static boolean isReady(WorkflowApi api) {
        return api.getNow("/actuator/health/readiness")
                .filter(answer -> answer.status() == 200)
                .isPresent();
    }

    /** A name that no earlier run had, short enough for identifiers. */
    static String newRun() {
        return Long.toString(System.currentTimeMillis(), Character.MAX_RADIX);
    }
}
