package io.orderworkflow.application;

import static io.orderworkflow.application.Shop.line;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.orderworkflow.application.Shop.Answer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.JsonNode;

/** Two processes of each kind behind a real Axon Server: how they share the work, and what they do without each other. */
@ExtendWith(RealAxonServer.JarRequired.class)
class ScaledOutIT {

    private static final Logger log = LoggerFactory.getLogger(ScaledOutIT.class);

    private static final String DECIDERS = "order+inventory+payment";
    private static final String[] PROCESSES = {
        DECIDERS + "-1", DECIDERS + "-2", "saga-1", "saga-2", "web+query-1", "web+query-2"
    };
    private static final Duration PATIENCE = Duration.ofMinutes(5);
    private static final Duration CLAIMS_MOVED_WITHIN = Duration.ofSeconds(20);
    /** What Flyway says. */
    private static final String WAITS_FOR_POSTGRES = "Retrying in";

    private static final int ORDERS_PER_SECOND = 4;
    private static final int PIECES = 1_000_000;

    @TempDir
    private static Path folder;

    private static ScaledOut program;

    private String key;

    @BeforeAll
    static void startTheProgram() {
        program = ScaledOut.in(
                        folder,
                        "--order-workflow.saga.reservation-timeout=5m",
                        "--order-workflow.saga.payment-timeout=5m")
                .start(PROCESSES);
        web(1).sells("A", "1.00", PIECES).sells("B", "2.00", PIECES);
    }

    @AfterAll
    static void stopTheProgram() {
        if (program != null) {
            program.close();
        }
    }

    @BeforeEach
    void nameTheOrders(TestInfo test) {
        key = test.getTestMethod().orElseThrow().getName();
    }

    private static Shop web(int number) {
        return program.shop("web+query-" + number);
    }

    private static SteadyOrders orders(String name) {
        return new SteadyOrders(name, ORDERS_PER_SECOND, List.of(() -> web(1), () -> web(2)));
    }

    @Test
    void spreadsClaimsAndMovesThoseOfADeadProcess() {
        expectBalance("order-processing");
        expectBalance("order-view");

        program.process("saga-1").kill();
        long killed = System.nanoTime();
        await().atMost(CLAIMS_MOVED_WITHIN)
                .until(() -> ownersOf("order-processing").containsValue(4L));
        log.info("claims of a killed process moved after {} ms", (System.nanoTime() - killed) / 1_000_000);
        settled(web(1).order(key, "tok_ok", line("A", 1)));

        program.start("saga-1");
        expectBalance("order-processing");
    }

    @Test
    void answersNothingOf5xxWhileItIsRestartedOneByOne() {
        SteadyOrders orders = orders(key);
        try (orders) {
            await().atMost(PATIENCE).until(() -> orders.count() >= 5 * ORDERS_PER_SECOND);
            for (String process : PROCESSES) {
                program.process(process).close();
                int before = orders.count();
                program.start(process);
                await().atMost(PATIENCE).until(() -> orders.count() >= before + 2 * ORDERS_PER_SECOND);
            }
            orders.end(PATIENCE);
        }

        log.info("{} orders during a rolling restart, not at once: {}", orders.count(), orders.failures());
        expectEachSettledAsItHasTo(orders);
        assertThat(orders.failures()).isEmpty();
    }

    @Test
    void readsButDoesNotWriteWhileAxonServerIsAway() {
        String orderId = settled(web(1).order(key, "tok_ok", line("A", 1)))
                .get("orderId")
                .asString();
        program.axonServer().kill();
        try {
            for (int number = 1; number <= 2; number++) {
                Shop shop = web(number);
                await().atMost(PATIENCE)
                        .until(() -> shop.get("/actuator/health/readiness").status() == 503);
                assertThat(shop.get("/actuator/health/liveness").status()).isEqualTo(200);
                cannotBeDoneNow(shop.placeOrder(key + number, "tok_ok", line("A", 1)));
                cannotBeDoneNow(shop.put("/api/inventory/A/reorder-point", Map.of("quantity", 1)));
                cannotBeDoneNow(shop.post("/api/inventory/A/receipts", Map.of("quantity", 1)));
                assertThat(shop.orderView(orderId).get("status").asString()).isEqualTo("CONFIRMED");
                shop.get("/api/orders?status=CONFIRMED").expect(200);
                shop.get("/api/products").expect(200);
                assertThat(shop.stock("A").get("sku").asString()).isEqualTo("A");
                shop.get("/api/customers/customer-1/orders").expect(200);
                shop.get("/api/reports/sales?by=status").expect(200);
            }
            // It goes on for a while: processors that fail all the time must still be there afterwards.
            await().atMost(PATIENCE)
                    .during(Duration.ofSeconds(30))
                    .until(() -> web(1).get("/api/products").status() == 200
                            && web(1).get("/actuator/health/readiness").status() == 503);
        } finally {
            program.axonServer().startAgain();
        }

        awaitOfEach(RunningProgram::isReady);
        settled(web(1).order(key + "1", "tok_ok", line("A", 1)));
        settled(web(2).order(key + "2", "tok_ok", line("A", 1)));
    }

    private static void cannotBeDoneNow(Answer answer) {
        answer.expect(503);
        assertThat(answer.headers().firstValue("Retry-After"))
                .as("%s", answer.body())
                .isPresent();
    }

    @Test
    void startsInWhateverOrder() {
        for (String process : PROCESSES) {
            program.process(process).kill();
        }
        program.axonServer().kill();
        program.postgres().kill();

        for (String process : PROCESSES) {
            program.begin(process);
        }
        awaitOfEach(process -> process.log().contains(WAITS_FOR_POSTGRES));
        program.postgres().startAgain();
        awaitOfEach(process -> process.answers("/actuator/health/liveness", 200)
                && process.answers("/actuator/health/readiness", 503));
        program.axonServer().startAgain();

        awaitOfEach(RunningProgram::isReady);
        settled(web(2).order(key, "tok_ok", line("A", 1)));
    }

    private static void awaitOfEach(Predicate<RunningProgram> condition) {
        for (String process : PROCESSES) {
            await(process).atMost(PATIENCE).until(() -> condition.test(program.process(process)));
        }
    }

    private static void expectBalance(String processor) {
        await().atMost(Duration.ofMinutes(2))
                .untilAsserted(() -> assertThat(ownersOf(processor).values()).containsExactly(2L, 2L));
    }

    /** How many segments each node has. */
    private static Map<String, Long> ownersOf(String processor) {
        JsonNode segments = web(2).get("/api/admin/processors/" + processor)
                .expect(200)
                .body()
                .get("segments");
        List<String> owners = new ArrayList<>();
        segments.forEach(segment -> owners.add(segment.get("owner").asString("nobody")));
        return owners.stream().collect(Collectors.groupingBy(Function.identity(), Collectors.counting()));
    }

    private static JsonNode settled(Answer placed) {
        String orderId = placed.expect(201, 202).body().get("orderId").asString();
        // Right after the store was away, the read models may be behind.
        await().atMost(PATIENCE)
                .untilAsserted(
                        () -> assertThat(web(1).orderView(orderId).get("status").asString())
                                .isEqualTo("CONFIRMED"));
        return web(1).orderView(orderId);
    }

    private static void expectEachSettledAsItHasTo(SteadyOrders orders) {
        orders.accepted()
                .forEach((name, orderId) -> await(name)
                        .atMost(PATIENCE)
                        .untilAsserted(() -> assertThat(
                                        web(1).orderView(orderId).get("status").asString())
                                .isEqualTo(SteadyOrders.expectedStatus(name))));
    }
}
