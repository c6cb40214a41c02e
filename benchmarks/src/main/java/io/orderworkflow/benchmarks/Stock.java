package io.orderworkflow.benchmarks;

import io.orderworkflow.benchmarks.WorkflowApi.Answer;
import java.time.Duration;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** The products of a run and their stock. */
final class Stock {

    private static final Duration LOOK_AGAIN = Duration.ofMillis(25);

    private final WorkflowApi api;
    private final Duration patience;

    /**
     * Creates the stock.
     *
     * @param patience how long something that was accepted may take to be seen
     */
    Stock(WorkflowApi api, Duration patience) {
        this.api = api;
        this.patience = patience;
    }

    /** Registers a product and receives goods of it, so that both can be seen. */
    void supply(String sku, String name, long quantity) {
        api.put("/api/products/" + sku, Map.of("name", name, "price", Map.of("amount", "4.99", "currency", "EUR")))
                .expecting(200, 201, 202);
        receive(sku, quantity);
    }

    private void receive(String sku, long quantity) {
        long begun = System.nanoTime();
        Map<String, Object> receipt = Map.of("quantity", quantity, "reference", "first delivery");
        while (true) {
            Optional<Answer> answer = api.postOnce("/api/inventory/" + sku + "/receipts", receipt);
            answer.ifPresent(given -> given.expecting(202));
            // A receipt counts each time. Whether one without an answer did is seen by what is there.
            Duration limit = answer.isPresent() ? patience : Duration.ofSeconds(2);
            if (becomes(sku, quantity, limit)) {
                return;
            }
            if (answer.isPresent() || System.nanoTime() - begun > patience.toNanos()) {
                throw new IllegalStateException("the stock of %s is %s and not the %d pieces that were received"
                        .formatted(sku, level(sku), quantity));
            }
        }
    }

    private boolean becomes(String sku, long quantity, Duration limit) {
        long begun = System.nanoTime();
        while (!new Level(quantity, 0).equals(level(sku))) {
            if (System.nanoTime() - begun > limit.toNanos()) {
                return false;
            }
            Pause.of(LOOK_AGAIN);
        }
        return true;
    }

    /** What there is of a product; {@code null} if its stock cannot be seen yet. */
    @Nullable
    Level level(String sku) {
        Answer answer = api.get("/api/inventory/" + sku).expecting(200, 404);
        JsonNode stock = answer.body();
        return answer.status() == 404
                ? null
                : new Level(
                        stock.path("onHand").asLong(), stock.path("reserved").asLong());
    }

    /** Does something for each of many products, several at a time. */
    static void forEach(Collection<String> skus, Consumer<String> action, Executor executor) {
        CompletableFuture.allOf(skus.stream()
                        .map(sku -> CompletableFuture.runAsync(() -> action.accept(sku), executor))
                        .toArray(CompletableFuture[]::new))
                .join();
    }

    /** Pieces of a product. */
    record Level(long onHand, long reserved) {}
}
