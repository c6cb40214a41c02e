package io.orderworkflow.benchmarks.inside;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What is to be measured; the names are those of the peers' runner.
 *
 * @param orders how many orders the throughput is measured with, a multiple of 20
 * @param warmUp how many are settled before
 * @param rate orders a second at which the latency is measured; 0 for a share of the throughput
 * @param share that share, in per cent
 * @param latencySeconds for how long; 0 for not at all
 * @param statisticsWait seconds after which PostgreSQL has counted all commits
 * @param skus how many products the orders are spread over
 * @param reportSeconds how often is told how far it is, and how much memory it takes; 0 for not at all
 * @param axonServer its address if messages and events go through one
 */
record BenchOptions(
        int orders,
        int warmUp,
        double rate,
        int share,
        int latencySeconds,
        int statisticsWait,
        int skus,
        int reportSeconds,
        @Nullable String axonServer) {

    private static final int WHOLE = BenchOrders.ONE_IS_DECLINED_OF;

    static BenchOptions of(String... arguments) {
        Map<String, String> given = new HashMap<>();
        for (int i = 0; i + 1 < arguments.length; i += 2) {
            given.put(arguments[i], arguments[i + 1]);
        }
        int orders = number(given, "--orders", 10_000);
        BenchOptions options = new BenchOptions(
                whole(orders),
                whole(number(given, "--warmup", Math.max(1_000, orders / 2))),
                number(given, "--rate", 0),
                number(given, "--share", 50),
                number(given, "--latency-seconds", 10),
                number(given, "--stat-wait", 11),
                number(given, "--skus", 1_000),
                number(given, "--report-seconds", 0),
                given.remove("--axon-server"));
        if (!given.isEmpty() || arguments.length % 2 != 0) {
            throw new IllegalArgumentException("unknown, or without a value: " + String.join(" ", arguments));
        }
        return options;
    }

    private static int whole(int orders) {
        return Math.max(WHOLE, orders - orders % WHOLE);
    }

    private static int number(Map<String, String> given, String name, int otherwise) {
        String value = given.remove(name);
        return value == null ? otherwise : Integer.parseInt(value);
    }
}
