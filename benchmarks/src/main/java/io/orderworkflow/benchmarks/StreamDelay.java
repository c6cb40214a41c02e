package io.orderworkflow.benchmarks;

import java.io.PrintStream;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.Instant;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** How long it takes from an order's settlement until that is seen on the stream of orders, under load. */
final class StreamDelay {

    private static final Duration MEASURED = Duration.ofSeconds(30);
    private static final Duration WARM_UP = Duration.ofSeconds(20);
    private static final Duration SETTLED_WITHIN = Duration.ofSeconds(20);

    private final OwnProgram program;
    private final int rate;
    private final PrintStream out;
    private final Queue<Long> delays = new ConcurrentLinkedQueue<>();

    StreamDelay(OwnProgram program, int rate, PrintStream out) {
        this.program = program;
        this.rate = rate;
        this.out = out;
    }

    void measure() {
        Instant begun = Instant.now().plus(WARM_UP);
        HttpClient http = HttpClient.newHttpClient();
        var stream = http.sendAsync(
                HttpRequest.newBuilder(program.url().resolve("/api/orders/stream"))
                        .header("Accept", "text/event-stream")
                        .build(),
                BodyHandlers.ofLines());
        Thread reader = new Thread(() -> stream.join().body().forEach(line -> see(line, begun)), "stream");
        reader.setDaemon(true);
        reader.start();
        place((int) (rate * WARM_UP.plus(MEASURED).toSeconds()));
        out.println("settled until seen on the stream, at %d orders/s: %s (%,d orders)"
                .formatted(
                        rate,
                        new Percentiles(
                                delays.stream().mapToLong(Long::longValue).toArray()),
                        delays.size()));
    }

    private void place(int orders) {
        Workload workload = new Workload("stream", orders, 100);
        Stock stock = new Stock(program.api(), SETTLED_WITHIN);
        workload.allSkus().forEach(sku -> stock.supply(sku, "Stream " + sku, workload.stock()));
        long begun = System.nanoTime();
        CompletableFuture<?>[] placed = new CompletableFuture<?>[orders];
        for (int index = 0; index < orders; index++) {
            long due = begun + (long) (index * 1e9 / rate);
            long early = due - System.nanoTime();
            if (early > 0) {
                Pause.of(Duration.ofNanos(early));
            }
            Workload.Order order = workload.order(index);
            placed[index] = program.api().place(order.key(), order.body(), Duration.ZERO);
        }
        CompletableFuture.allOf(placed).join();
        Pause.of(Duration.ofSeconds(2));
    }

    private void see(String line, Instant begun) {
        Instant seen = Instant.now();
        if (!line.startsWith("data:")) {
            return;
        }
        JsonNode settledAt =
                JsonMapper.shared().readTree(line.substring("data:".length())).path("settledAt");
        if (settledAt.isString() && Instant.parse(settledAt.asString()).isAfter(begun)) {
            delays.add(
                    Duration.between(Instant.parse(settledAt.asString()), seen).toNanos());
        }
    }
}
