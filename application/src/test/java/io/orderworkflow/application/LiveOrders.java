package io.orderworkflow.application;

import static io.orderworkflow.application.Shop.line;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.orderworkflow.application.Shop.Answer;
import io.orderworkflow.platform.postgres.ThrowawayDatabase;
import io.orderworkflow.platform.web.EventSource;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.TestInstance;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.jdbc.autoconfigure.JdbcConnectionDetails;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Import;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Two programs on one database, the second of which is idle: the first one has claimed all processors. Whoever looks at
 * the second one sees what the first one does.
 */
@SpringBootTest(
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
        properties = {
            "order-workflow.postgres.embedded=false",
            "order-workflow.demo-catalogue=false",
            "order-workflow.rebuild.interval=200ms"
        })
@Import(ThrowawayDatabase.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class LiveOrders {

    private static final String ORDER_VIEW = "/api/admin/processors/order-view";
    private static final String REPLAY = ORDER_VIEW + "/replay";

    private static final Duration PATIENCE = Duration.ofSeconds(90);
    private static final JsonMapper JSON = JsonMapper.builder().build();

    @LocalServerPort
    private int port;

    @Autowired
    private JdbcConnectionDetails database;

    private final ExecutorService looking = Executors.newSingleThreadExecutor();
    private ConfigurableApplicationContext idle;
    private Shop shop;
    private Shop idleShop;
    private String key;

    /** What the other program is told about the store that both use. */
    abstract Map<String, String> store();

    @BeforeAll
    void startAnotherProgram() {
        Map<String, Object> properties = new HashMap<>(store());
        properties.put("order-workflow.demo-catalogue", "false");
        properties.put("order-workflow.rebuild.interval", "200ms");
        properties.put("order-workflow.rest.streams.heartbeat", "300ms");
        properties.put("order-workflow.rest.order-timeout", "30s");
        properties.put("server.port", "0");
        properties.put("spring.datasource.url", database.getJdbcUrl());
        idle = new SpringApplicationBuilder(OrderWorkflowApplication.class)
                .run(properties.entrySet().stream()
                        .map(property -> "--" + property.getKey() + "=" + property.getValue())
                        .toArray(String[]::new));
        idleShop = new Shop(idlePort());
    }

    /** It ends the streams, instead of waiting for them. */
    @AfterAll
    void stopTheOtherProgram() {
        try (EventSource open = stream("/api/orders/stream")) {
            long start = System.nanoTime();
            idle.close();

            // It waits for what has begun, for up to 40 s.
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(30));
            await().atMost(PATIENCE).until(open::isEnded);
        } finally {
            looking.shutdownNow();
        }
    }

    @BeforeEach
    void openTheShop(TestInfo test) {
        // An Axon Server keeps what earlier runs have stored.
        key = test.getTestMethod().orElseThrow().getName() + "-" + Long.toString(System.currentTimeMillis(), 36);
        shop = new Shop(port).sells(key, "9.90", 10_000);
    }

    private int idlePort() {
        return Integer.parseInt(String.valueOf(idle.getEnvironment().getProperty("local.server.port")));
    }

    private EventSource stream(String path, String... headers) {
        EventSource opened = EventSource.open(URI.create("http://127.0.0.1:" + idlePort() + path), headers);
        assertThat(opened.status()).isEqualTo(200);
        return opened;
    }

    private static String id(Answer placed) {
        return placed.expect(201, 202).body().get("orderId").asString();
    }

    private static Map<String, String> statuses(List<EventSource.Event> events) {
        Map<String, String> last = new HashMap<>();
        for (EventSource.Event event : events) {
            JsonNode order = JSON.readTree(event.data());
            last.put(order.get("orderId").asString(), order.get("status").asString());
        }
        return last;
    }

    private double openStreams() {
        return idleShop.get("/actuator/metrics/order.workflow.streams.open")
                .expect(200)
                .body()
                .at("/measurements/0/value")
                .asDouble();
    }

    @Test
    void tellABrowserAtOneProgramWhatAnotherDoes() {
        try (EventSource all = stream("/api/orders/stream")) {
            String orderId = id(shop.placeOrder(key, "tok_ok", line(key, 1)));
            try (EventSource one = stream("/api/orders/" + orderId + "/stream")) {
                await().atMost(PATIENCE).untilAsserted(() -> {
                    assertThat(statuses(one.events())).containsExactly(Map.entry(orderId, "CONFIRMED"));
                    assertThat(statuses(all.events())).containsEntry(orderId, "CONFIRMED");
                });
                // In the order of what happened, without a step back.
                assertThat(one.events())
                        .extracting(event ->
                                JSON.readTree(event.data()).get("version").asLong())
                        .isSorted();
                assertThat(one.events())
                        .extracting(event -> Long.parseLong(event.id()))
                        .isSorted()
                        .doesNotHaveDuplicates();
                await().atMost(PATIENCE)
                        .untilAsserted(() -> assertThat(JSON.readTree(one.events()
                                        .get(one.events().size() - 1)
                                        .data()))
                                .isEqualTo(idleShop.orderView(orderId)));
            }
        }
    }

    @Test
    void waitAtOneProgramForWhatAnotherHasJustAccepted() {
        shop.post(ORDER_VIEW + "/pause", Map.of()).expect(202);
        CompletableFuture<Answer> found;
        try {
            await().atMost(PATIENCE)
                    .until(() -> !shop.get(ORDER_VIEW)
                            .expect(200)
                            .body()
                            .get("running")
                            .asBoolean());
            String orderId = id(shop.placeOrder(key, "tok_ok", line(key, 1)));
            found = CompletableFuture.supplyAsync(() -> idleShop.get("/api/orders/" + orderId), looking);
        } finally {
            shop.post(ORDER_VIEW + "/resume", Map.of()).expect(202);
        }

        found.join().expect(200);
    }

    @Test
    void goOnWhereABrowserWasCutOff() {
        EventSource before = stream("/api/orders/stream");
        String seen = id(shop.placeOrder(key + 1, "tok_ok", line(key, 1)));
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(statuses(before.events())).containsEntry(seen, "CONFIRMED"));
        before.close();
        List<String> missed = new ArrayList<>();
        for (int i = 2; i < 12; i++) {
            missed.add(id(shop.placeOrder(key + i, i % 2 == 0 ? "tok_ok" : "tok_declined", line(key, 1))));
        }
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(missed)
                        .extracting(orderId ->
                                idleShop.orderView(orderId).get("status").asString())
                        .containsOnly("CONFIRMED", "REJECTED"));

        try (EventSource after = stream("/api/orders/stream", "Last-Event-ID", before.lastEventId())) {
            await().atMost(PATIENCE).untilAsserted(() -> {
                Map<String, String> told = statuses(after.events());
                assertThat(told).containsKeys(missed.toArray(String[]::new));
                assertThat(missed)
                        .allSatisfy(orderId -> assertThat(told.get(orderId))
                                .isEqualTo(idleShop.orderView(orderId)
                                        .get("status")
                                        .asString()));
            });
            assertThat(after.events()).noneMatch(event -> event.type().equals("reset"));
        }
    }

    @Test
    void leaveNothingBehindWhenBrowsersAreGone() {
        List<EventSource> open = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            open.add(stream("/api/orders/stream"));
        }
        assertThat(openStreams()).isGreaterThanOrEqualTo(50);

        open.forEach(EventSource::close);

        await().atMost(PATIENCE).untilAsserted(() -> assertThat(openStreams()).isZero());
    }

    @Test
    void showAtOneProgramWhatWasWrittenAtAnother() throws Exception {
        ExecutorService clients = Executors.newFixedThreadPool(8);
        try {
            List<Future<?>> done = new ArrayList<>();
            for (int client = 0; client < 8; client++) {
                String mine = key + "-" + client;
                done.add(clients.submit(() -> writesAndReads(mine)));
            }
            for (Future<?> one : done) {
                one.get();
            }
        } finally {
            clients.shutdownNow();
        }
    }

    private void writesAndReads(String sku) {
        shop.sells(sku, "1.00", 1);
        for (int i = 2; i <= 15; i++) {
            String received = token(shop.post("/api/inventory/" + sku + "/receipts", Map.of("quantity", 1)));
            Answer stock = idleShop.get("/api/inventory/" + sku, "X-Consistency-Token", received, "Prefer", "wait=20");
            isReached(stock);
            assertThat(stock.body().get("onHand").asInt()).isEqualTo(i);

            Answer placed = shop.placeOrder(sku + i, "tok_ok", line(key, 1));
            Answer order = idleShop.get(
                    "/api/orders/" + id(placed), "X-Consistency-Token", token(placed), "Prefer", "wait=20");
            isReached(order);
            Answer orders = idleShop.get(
                    "/api/orders?sku=" + key + "&size=200", "X-Consistency-Token", token(placed), "Prefer", "wait=20");
            isReached(orders);
            assertThat(orders.body().get("items").findValuesAsString("orderId")).contains(id(placed));
        }
    }

    private static String token(Answer answer) {
        answer.expect(201, 202);
        return answer.headers().firstValue("X-Consistency-Token").orElseThrow();
    }

    private static void isReached(Answer answer) {
        assertThat(answer.expect(200).headers().firstValue("X-Consistency")).contains("reached");
    }

    @Test
    void areRebuiltByAllProgramsWhicheverIsAsked() {
        id(shop.order(key, "tok_ok", line(key, 1)));

        idleShop.post(REPLAY, Map.of()).expect(202);

        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(replay(shop).get("state").asString())
                        .as(replay(shop).toString())
                        .isEqualTo("SWITCHED"));
        assertThat(replay(idleShop).get("state").asString()).isEqualTo("SWITCHED");
        writesAndReads(key + "-switched");
        shop.delete(REPLAY).expect(202);
        assertThat(idleShop.get(REPLAY).status()).isEqualTo(404);
        writesAndReads(key + "-ended");
    }

    private static JsonNode replay(Shop asked) {
        return asked.get(REPLAY).expect(200).body();
    }

    @Test
    void saySoIfTheyCannotShowWhatIsNotThere() {
        Answer answer = idleShop.get("/api/orders", "X-Consistency-Token", "1.999999999", "Prefer", "wait=1");

        assertThat(answer.expect(200).headers().firstValue("X-Consistency")).contains("behind");
    }
}
