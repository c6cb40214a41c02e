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
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.function.IntFunction;

/** How long a page of the list of orders takes, for every kind of filter and order. */
final class PageTimes {

    private static final int REQUESTS = 60;
    private static final int WARM_UP = 20;
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

    void measure() throws SQLException {
        long orders = api.get("/api/orders?size=1")
                .expecting(200)
                .body()
                .path("page")
                .path("totalItems")
                .asLong();
        Instant first = firstPlaced();
        long days = Duration.between(first, Instant.now()).toDays();
        SplittableRandom random = new SplittableRandom(1);
        out.println(String.format(Locale.ROOT, "pages of 20 of %,d orders, milliseconds     p50     p95", orders));
        time("the newest", page -> "page=" + page);
        time("of a status", page -> "status=CONFIRMED&page=" + page);
        time("of a status that few have", page -> "status=REJECTED&page=" + page);
        time("of two statuses", page -> "status=CONFIRMED,REJECTED&page=" + page);
        time("of a day", page -> aDay(first.plus(Duration.ofDays(random.nextLong(days)))) + "&page=" + page);
        time(
                "of a month and a status",
                page -> "from=" + first.plus(Duration.ofDays(random.nextLong(days))) + "&to="
                        + first.plus(Duration.ofDays(days + 1)) + "&status=REJECTED&page=" + page);
        time("of a customer", page -> "customerId=" + workload.customer(0) + "&page=" + page);
        time("with a product", page -> "sku=" + workload.sku(random.nextInt(workload.skus())) + "&page=" + page);
        time(
                "with a product, of a status",
                page -> "sku=" + workload.sku(random.nextInt(workload.skus())) + "&status=REJECTED&page=" + page);
        time("the dearest", page -> "sort=total,desc&page=" + page);
        time(
                "the dearest of a customer",
                page -> "customerId=" + workload.customer(1) + "&sort=total,desc&page=" + page);
        time("settled last", page -> "status=CONFIRMED&sort=settledAt,desc&page=" + page);
        time("by status", page -> "sort=status&page=" + page);
        time("by customer", page -> "sort=customerId&page=" + page);
        time("anywhere", page -> "page=" + random.nextLong(orders / 20));
        time("anywhere, of a status", page -> "status=CONFIRMED&page=" + random.nextLong(orders / 25));
        print("all of these", all.stream().flatMapToLong(Arrays::stream).toArray());
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

    private void time(String kind, IntFunction<String> parameters) {
        long[] nanos = new long[REQUESTS];
        for (int number = -WARM_UP; number < REQUESTS; number++) {
            String path = "/api/orders?" + parameters.apply(Math.floorMod(number, FIRST_PAGES));
            long begun = System.nanoTime();
            api.get(path).expecting(200);
            if (number >= 0) {
                nanos[number] = System.nanoTime() - begun;
            }
        }
        all.add(nanos);
        print(kind, nanos);
    }

    private void print(String kind, long... nanos) {
        Percentiles times = new Percentiles(nanos);
        out.println(String.format(Locale.ROOT, "  %-42s %7.1f %7.1f", kind, times.millisAt(50), times.millisAt(95)));
    }
}
