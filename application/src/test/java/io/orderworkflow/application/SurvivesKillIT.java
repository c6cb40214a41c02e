package io.orderworkflow.application;

import static io.orderworkflow.application.Shop.line;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.orderworkflow.application.Shop.Answer;
import io.orderworkflow.application.Shop.UnreachableException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** What was answered survives a kill -9 of the program in the middle of its work, and is brought to its end. */
class SurvivesKillIT {

    private static final int CLIENTS = 8;
    private static final int ORDERS_BEFORE_THE_KILL = 150;
    private static final int PIECES = 100_000;

    @Test
    void settlesEveryAcceptedOrderAfterAKill(@TempDir Path folder) throws Exception {
        Map<String, String> accepted = new ConcurrentHashMap<>();
        Map<String, String> unknown = new ConcurrentHashMap<>();
        try (RunningProgram program = RunningProgram.start(folder)) {
            program.shop().sells("A", "1.00", PIECES).sells("B", "2.00", PIECES);
            orderUntilItDies(program, accepted, unknown);
        }
        assertThat(accepted).hasSizeGreaterThanOrEqualTo(ORDERS_BEFORE_THE_KILL);

        try (RunningProgram program = RunningProgram.start(folder)) {
            Shop shop = program.shop();
            // Whoever got no answer asks again with the same key.
            unknown.forEach((key, token) -> accepted.put(
                    key,
                    shop.placeOrder(key, token, line("A", 1), line("B", 2))
                            .expect(202)
                            .body()
                            .get("orderId")
                            .asString()));

            await().atMost(Duration.ofMinutes(1))
                    .untilAsserted(() -> assertThat(open(shop)).isZero());
            accepted.forEach((key, orderId) -> assertThat(
                            shop.orderView(orderId).get("status").asString())
                    .as(key)
                    .isEqualTo(token(key).equals("tok_ok") ? "CONFIRMED" : "REJECTED"));
            assertThat(count(shop, "")).isEqualTo(accepted.size());
            long confirmed = count(shop, "status=CONFIRMED&");
            expectStock(shop, "A", PIECES - confirmed);
            expectStock(shop, "B", PIECES - 2 * confirmed);
        }
    }

    private static void orderUntilItDies(
            RunningProgram program, Map<String, String> accepted, Map<String, String> unknown) throws Exception {
        ExecutorService clients = Executors.newFixedThreadPool(CLIENTS);
        AtomicInteger numbers = new AtomicInteger();
        try {
            var running = IntStream.range(0, CLIENTS)
                    .<Future<?>>mapToObj(client -> clients.submit(() -> {
                        Shop shop = program.shop();
                        while (unknown.isEmpty()) {
                            String key = "order-" + numbers.incrementAndGet();
                            try {
                                Answer answer = shop.placeOrder(key, token(key), line("A", 1), line("B", 2));
                                accepted.put(
                                        key,
                                        answer.expect(202).body().get("orderId").asString());
                            } catch (UnreachableException died) {
                                unknown.put(key, token(key));
                            }
                        }
                    }))
                    .toList();
            await().atMost(Duration.ofMinutes(1)).until(() -> accepted.size() >= ORDERS_BEFORE_THE_KILL);
            program.kill();
            for (Future<?> client : running) {
                client.get();
            }
        } finally {
            clients.shutdownNow();
        }
    }

    private static String token(String key) {
        return key.endsWith("5") ? "tok_declined" : "tok_ok";
    }

    private static long open(Shop shop) {
        return count(shop, "status=PLACED&") + count(shop, "status=RESERVED&");
    }

    private static long count(Shop shop, String filter) {
        JsonNode page = shop.get("/api/orders?" + filter + "size=1").expect(200).body();
        return page.at("/page/totalItems").asLong();
    }

    private static void expectStock(Shop shop, String sku, long onHand) {
        await().atMost(Duration.ofMinutes(1)).untilAsserted(() -> {
            JsonNode stock = shop.stock(sku);
            assertThat(stock.get("onHand").asLong()).as(sku + " on hand").isEqualTo(onHand);
            assertThat(stock.get("reserved").asLong()).as(sku + " reserved").isZero();
        });
    }
}
