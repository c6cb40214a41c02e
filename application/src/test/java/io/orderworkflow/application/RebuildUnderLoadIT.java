package io.orderworkflow.application;

import static io.orderworkflow.application.Shop.line;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.orderworkflow.application.Shop.Answer;
import io.orderworkflow.application.Shop.UnreachableException;
import io.orderworkflow.platform.postgres.ThrowawayPostgres;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import tools.jackson.databind.JsonNode;

/** Read models that are rebuilt, replaced and gone back to, while orders are placed and somebody looks all the time. */
class RebuildUnderLoadIT {

    private static final String REPLAY = "/api/admin/processors/order-view/replay";
    private static final List<String> STATUSES =
            List.of("PLACED", "RESERVED", "CONFIRMED", "SHIPPED", "DELIVERED", "REJECTED", "CANCELLED");
    private static final int CLIENTS = 2;
    private static final int ORDERS_BEFORE = 200;

    private final String database = ThrowawayPostgres.newDatabase();
    private final JdbcTemplate jdbc = new JdbcTemplate(new DriverManagerDataSource(database));
    private final AtomicInteger orders = new AtomicInteger();
    private final Deque<String> placed = new ConcurrentLinkedDeque<>();

    @Test
    void showNeitherAnErrorNorAnEmptyListNorAnOldState(@TempDir Path folder) throws Exception {
        String planted;
        // So that there is time to be killed in the middle.
        try (RunningProgram program = start(folder, "--order-workflow.rebuild.batch-size=10")) {
            Shop shop = program.shop();
            shop.sells("A", "1.00", 1_000_000).sells("B", "2.00", 1_000_000);
            try (Crowd crowd = new Crowd(shop, false)) {
                await().atMost(Duration.ofMinutes(2)).until(() -> placed.size() >= ORDERS_BEFORE);
                crowd.expectNothingWrong();
            }
            planted = placed.getFirst();
            settled(shop, planted);
            jdbc.update("update orders.placed_order set customer_id = 'planted' where order_id = ?::uuid", planted);
            jdbc.update("update orders.order_sku set sku = 'planted' where order_id = ?::uuid and sku = 'A'", planted);

            shop.post(REPLAY + "?switch=manual", Map.of()).expect(202);
            assertThat(shop.post(REPLAY, Map.of()).status()).isEqualTo(409);
            assertThat(shop.post(REPLAY + "/switch", Map.of()).status()).isEqualTo(409);
            assertThat(shop.post(REPLAY + "/back", Map.of()).status()).isEqualTo(409);
            await().atMost(Duration.ofMinutes(1))
                    .pollInterval(Duration.ofMillis(20))
                    .until(() -> replay(shop).get("position").asLong() > 0);
            assertThat(replay(shop).get("state").asString()).isEqualTo("FILLING");
            program.kill();
        }
        assertThat(jdbc.queryForList("select order_id from orders_next.placed_order"))
                .isNotEmpty();
        try (RunningProgram program = start(folder)) {
            Shop shop = program.shop();
            try (Crowd crowd = new Crowd(shop, true)) {
                awaitState(shop, "READY");
                JsonNode table = difference(replay(shop), "placed_order");
                assertThat(table.get("differing").asLong()).isEqualTo(1);
                assertThat(table.get("onlyInOld").asLong()).isZero();
                assertThat(table.get("onlyInNew").asLong()).isZero();
                assertThat(table.get("sample").get(0).asString()).isEqualTo(planted);
                JsonNode skus = difference(replay(shop), "order_sku");
                assertThat(skus.get("differing").asLong()).isZero();
                assertThat(skus.get("onlyInOld").asLong()).isEqualTo(1);
                assertThat(skus.get("onlyInNew").asLong()).isEqualTo(1);
                assertThat(customer(shop, planted)).isEqualTo("planted");

                shop.post(REPLAY + "/switch", Map.of()).expect(202);
                awaitState(shop, "SWITCHED");
                assertThat(customer(shop, planted)).isEqualTo("customer-1");
                crowd.seesNewOrders();

                shop.post(REPLAY + "/back", Map.of()).expect(202);
                awaitState(shop, "READY");
                assertThat(customer(shop, planted)).isEqualTo("planted");
                crowd.seesNewOrders();

                shop.post(REPLAY + "/switch", Map.of()).expect(202);
                awaitState(shop, "SWITCHED");
                assertThat(shop.delete(REPLAY).status()).isEqualTo(202);
                assertThat(shop.get(REPLAY).status()).isEqualTo(404);
                assertThat(shop.post(REPLAY + "/back", Map.of()).status()).isEqualTo(409);
                crowd.seesNewOrders();

                shop.post(REPLAY, Map.of()).expect(202);
                awaitState(shop, "SWITCHED");
                assertThat(replay(shop).get("differences"))
                        .allSatisfy(found -> assertThat(found.get("differing").asLong()
                                        + found.get("onlyInOld").asLong()
                                        + found.get("onlyInNew").asLong())
                                .as(found.toString())
                                .isZero());
                crowd.seesNewOrders();
                crowd.expectNothingWrong();
            }
            placed.forEach(order -> settled(shop, order));
            expectNoBreach(shop);
        }
    }

    @Test
    void isRefusedToThoseWhoAct(@TempDir Path folder) {
        try (RunningProgram program = start(folder)) {
            Shop shop = program.shop();
            for (String acting : List.of("order-processing", "payment-provider")) {
                Answer answer = shop.post("/api/admin/processors/" + acting + "/replay", Map.of());
                assertThat(answer.status()).as(acting + ": " + answer.body()).isEqualTo(409);
                assertThat(answer.body().get("detail").asString()).contains("acts on events");
            }
            assertThat(shop.post("/api/admin/processors/unknown/replay", Map.of())
                            .status())
                    .isEqualTo(404);
        }
    }

    private RunningProgram start(Path folder, String... more) {
        List<String> arguments = new ArrayList<>(List.of(
                "--spring.datasource.url=" + database,
                "--order-workflow.rebuild.lag=50",
                "--order-workflow.rebuild.interval=100ms",
                "--order-workflow.audit.interval=1s",
                "--order-workflow.audit.grace=10s"));
        arguments.addAll(List.of(more));
        return RunningProgram.start(folder, arguments.toArray(String[]::new));
    }

    private static JsonNode replay(Shop shop) {
        return shop.get(REPLAY).expect(200).body();
    }

    private static void awaitState(Shop shop, String state) {
        await().atMost(Duration.ofMinutes(2))
                .pollInterval(Duration.ofMillis(50))
                .untilAsserted(() -> {
                    JsonNode replay = replay(shop);
                    assertThat(replay.get("state").asString())
                            .as(replay.toString())
                            .isEqualTo(state);
                });
    }

    private static JsonNode difference(JsonNode replay, String table) {
        for (JsonNode difference : replay.get("differences")) {
            if (difference.get("table").asString().equals(table)) {
                return difference;
            }
        }
        throw new AssertionError("no " + table + " in " + replay);
    }

    private static String customer(Shop shop, String orderId) {
        return shop.orderView(orderId).get("customerId").asString();
    }

    private static void settled(Shop shop, String orderId) {
        await().atMost(Duration.ofMinutes(1))
                .untilAsserted(
                        () -> assertThat(shop.orderView(orderId).get("status").asString())
                                .isEqualTo("CONFIRMED"));
    }

    private static void expectNoBreach(Shop shop) {
        JsonNode report = shop.get("/api/admin/audit").expect(200).body();
        assertThat(report.get("breaches")).as(report.toString()).isEmpty();
    }

    /** Places orders, and looks at all of them all the time, until it is closed. */
    private final class Crowd implements AutoCloseable {

        private final Shop shop;
        private final boolean patient;
        private final ExecutorService people = Executors.newFixedThreadPool(CLIENTS + 1);
        private final AtomicBoolean leaving = new AtomicBoolean();
        private final List<String> wrong = new CopyOnWriteArrayList<>();
        private final List<Future<?>> running = new ArrayList<>();
        private volatile long seen;

        Crowd(Shop shop, boolean patient) {
            this.shop = shop;
            this.patient = patient;
            for (int client = 0; client < CLIENTS; client++) {
                running.add(people.submit(() -> until(this::order)));
            }
            Map<String, Integer> reached = new HashMap<>();
            running.add(people.submit(() -> until(() -> look(reached))));
        }

        private void until(Runnable again) {
            while (!leaving.get()) {
                try {
                    again.run();
                } catch (UnreachableException | AssertionError failure) {
                    wrong.add(String.valueOf(failure));
                }
            }
        }

        private void order() {
            String key = "rebuild-" + orders.incrementAndGet();
            Answer answer = patient
                    ? shop.order(key, "tok_ok", line("A", 1), line("B", 2))
                    : shop.placeOrder(key, "tok_ok", line("A", 1), line("B", 2));
            placed.add(answer.expect(201, 202).body().get("orderId").asString());
        }

        private void look(Map<String, Integer> reached) {
            JsonNode page = shop.get("/api/orders?size=50&sort=placedAt,desc")
                    .expect(200)
                    .body();
            long total = page.at("/page/totalItems").asLong();
            if (total < seen) {
                wrong.add("there were " + seen + " orders, and are " + total);
            }
            seen = total;
            for (JsonNode order : page.get("items")) {
                look(order, reached);
            }
            if (!page.get("items").isEmpty()) {
                look(shop.orderView(page.get("items").get(0).get("orderId").asString()), reached);
            }
        }

        private void look(JsonNode order, Map<String, Integer> reached) {
            String orderId = order.get("orderId").asString();
            int status = STATUSES.indexOf(order.get("status").asString());
            int before = reached.getOrDefault(orderId, 0);
            if (status < before) {
                wrong.add("order %s was %s, and is %s".formatted(orderId, STATUSES.get(before), STATUSES.get(status)));
            }
            reached.put(orderId, status);
        }

        /** What is placed from now on is seen. */
        void seesNewOrders() {
            long before = seen;
            await().atMost(Duration.ofMinutes(1)).until(() -> seen > before);
        }

        void expectNothingWrong() {
            assertThat(wrong).isEmpty();
        }

        @Override
        public void close() {
            leaving.set(true);
            people.shutdown();
            await().atMost(Duration.ofMinutes(1)).until(people::isTerminated);
        }
    }
}
