package io.orderworkflow.benchmarks;

import java.io.PrintStream;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.IntFunction;

/** How long a page of the list of orders takes, for every kind of filter and order, once all kinds were asked for. */
final class PageTimes {

    private static final int REQUESTS = 60;
    private static final int WARM_UP_ROUNDS = 4;
    private static final int FIRST_PAGES = 5;

    private final WorkflowApi api;
    private final Connection database;
    private final Workload workload;
    private final PrintStream out;
    private final List<long[]> all = new ArrayList<>();

    PageTimes(WorkflowApi api, Connection database, Workload workload, PrintStream out) {
        this.api = api;
        this.database = database;
        this.workload = workload;
        this.out = out;
    }

    /** Prints them, and returns those of all kinds. */
    Percentiles measure() throws SQLException {
        long orders = api.get("/api/orders?size=1")
                .expecting(200)
                .body()
                .path("page")
                .path("totalItems")
                .asLong();
        Instant first = firstPlaced();
        long days = Math.max(1, Duration.between(first, Instant.now()).toDays());
        SplittableRandom random = new SplittableRandom(1);
        Map<String, IntFunction<String>> kinds = kinds(first, days, orders, random);
        for (int round = 0; round < WARM_UP_ROUNDS; round++) {
            kinds.values().forEach(this::nanosOf);
        }
        out.println(String.format(Locale.ROOT, "pages of 20 of %,d orders, milliseconds     p50     p95", orders));
        kinds.forEach((kind, parameters) -> {
            long[] nanos = nanosOf(parameters);
            all.add(nanos);
            print(kind, nanos);
        });
        long[] ofAll = all.stream().flatMapToLong(Arrays::stream).toArray();
        print("all of these", ofAll);
        return new Percentiles(ofAll);
    }

    private Map<String, IntFunction<String>> kinds(Instant first, long days, long orders, SplittableRandom random) {
        Map<String, IntFunction<String>> kinds = new LinkedHashMap<>();
        kinds.put("the newest", page -> "page=" + page);
        kinds.put("of a status", page -> "status=CONFIRMED&page=" + page);
        kinds.put("of a status that few have", page -> "status=REJECTED&page=" + page);
        kinds.put("of two statuses", page -> "status=CONFIRMED,REJECTED&page=" + page);
        kinds.put("of a day", page -> aDay(first.plus(Duration.ofDays(random.nextLong(days)))) + "&page=" + page);
        kinds.put(
                "of a month and a status",
                page -> "from=" + first.plus(Duration.ofDays(random.nextLong(days))) + "&to="
                        + first.plus(Duration.ofDays(days + 1)) + "&status=REJECTED&page=" + page);
        kinds.put("of a customer", page -> "customerId=" + workload.customer(0) + "&page=" + page);
        kinds.put("with a product", page -> "sku=" + workload.sku(random.nextInt(workload.skus())) + "&page=" + page);
        kinds.put(
                "with a product, of a status",
                page -> "sku=" + workload.sku(random.nextInt(workload.skus())) + "&status=REJECTED&page=" + page);
        kinds.put("the dearest", page -> "sort=total,desc&page=" + page);
        kinds.put(
                "the dearest of a customer",
                page -> "customerId=" + workload.customer(1) + "&sort=total,desc&page=" + page);
        kinds.put("settled last", page -> "status=CONFIRMED&sort=settledAt,desc&page=" + page);
        kinds.put("by status", page -> "sort=status&page=" + page);
        kinds.put("by customer", page -> "sort=customerId&page=" + page);
        kinds.put("anywhere", page -> "page=" + random.nextLong(orders / 20));
        kinds.put("anywhere, of a status", page -> "status=CONFIRMED&page=" + random.nextLong(orders / 25));
        return kinds;
    }

    private Instant firstPlaced() throws SQLException {
        try (Statement statement = database.createStatement();
                ResultSet row = statement.executeQuery("select min(placed_at) from orders.placed_order")) {
            row.next();
            return row.getTimestamp(1).toInstant();
        }
    }

    private static String aDay(Instant from) {
        return "from=" + from + "&to=" + from.plus(Duration.ofDays(1));
    }

    private long[] nanosOf(IntFunction<String> parameters) {
        long[] nanos = new long[REQUESTS];
        for (int number = 0; number < REQUESTS; number++) {
            String path = "/api/orders?" + parameters.apply(number % FIRST_PAGES);
            long begun = System.nanoTime();
            api.get(path).expecting(200);
            nanos[number] = System.nanoTime() - begun;
        }
        return nanos;
    }

    private void print(String kind, long... nanos) {
        Percentiles times = new Percentiles(nanos);
        out.println(String.format(Locale.ROOT, "  %-42s %7.1f %7.1f", kind, times.millisAt(50), times.millisAt(95)));
    }
}
