package io.orderworkflow.application;

import static io.orderworkflow.application.Shop.line;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.orderworkflow.api.Sku;
import io.orderworkflow.api.inventory.StockReserved;
import io.orderworkflow.platform.postgres.ThrowawayDatabase;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.awaitility.core.ThrowingRunnable;
import org.axonframework.messaging.Message;
import org.axonframework.messaging.annotation.HandlerEnhancerDefinition;
import org.axonframework.messaging.annotation.MessageHandlingMember;
import org.axonframework.messaging.annotation.WrappedMessageHandlingMember;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import tools.jackson.databind.JsonNode;

/** Orders of whose events the saga cannot handle one, among many that it can. */
@SpringBootTest(
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
        properties = {
            "order-workflow.postgres.embedded=false",
            "order-workflow.saga.parking.retries=2",
            "order-workflow.saga.parking.first-interval=200ms",
            // The others must have been led on by then, rather than given up.
            "order-workflow.saga.reservation-timeout=5m",
            "order-workflow.demo-catalogue=false"
        })
@Import(ThrowawayDatabase.class)
class ParkedOrderIT {

    private static final int OTHERS = 999;
    private static final String STEPS = "/api/admin/parked-steps";

    @LocalServerPort
    private int port;

    @Autowired
    private Poison poison;

    @Test
    void areParkedWhileAllOthersSettleAndThenReleasedAndSettled() throws Exception {
        Shop shop = new Shop(port).sells("GOOD", "9.90", OTHERS).sells(Poison.SKU, "9.90", 10);

        String poisoned = orderId(shop.placeOrder("poisoned", "tok_ok", line(Poison.SKU, 1)));
        String cancelled = orderId(shop.placeOrder("cancelled", "tok_ok", line(Poison.SKU, 2)));
        placeOthers(shop);

        eventually(() -> assertThat(confirmed(shop)).isEqualTo(OTHERS));
        assertThat(shop.orderView(poisoned).get("status").asString()).isIn("PLACED", "RESERVED");
        eventually(() -> {
            JsonNode parked = shop.get(STEPS + "?state=PARKED").expect(200).body();
            assertThat(parked.get("items").findValuesAsString("orderId"))
                    .containsExactlyInAnyOrder(poisoned, cancelled);
            assertThat(parked.at("/items/0/process").asString()).isEqualTo("OrderProcessingSaga");
            assertThat(parked.at("/items/0/event").asString()).isEqualTo("StockReserved");
            assertThat(parked.at("/items/0/cause").asString()).isEqualTo("IllegalStateException");
            assertThat(parked.at("/items/0/message").asString()).isEqualTo("poisoned");
            assertThat(parked.at("/items/0/attempts").asInt()).isEqualTo(3);
        });
        assertThat(gauge(shop, "order.workflow.parked.steps?tag=state:parked")).isEqualTo(2);

        // What comes of it meanwhile waits behind.
        shop.post("/api/orders/" + cancelled + "/cancellation", Map.of("reason", "takes too long"))
                .expect(202);
        eventually(() -> assertThat(shop.get(STEPS + "?orderId=" + cancelled)
                        .expect(200)
                        .body()
                        .at("/items/0/waitingEvents")
                        .asInt())
                .isOne());

        poison.takeAway();
        shop.post(STEPS + "/retry?cause=IllegalStateException", List.of()).expect(202);

        eventually(() ->
                assertThat(shop.orderView(poisoned).get("status").asString()).isEqualTo("CONFIRMED"));
        eventually(() ->
                assertThat(shop.orderView(cancelled).get("status").asString()).isEqualTo("CANCELLED"));
        eventually(() -> {
            assertThat(shop.stock(Poison.SKU).get("reserved").asLong()).isZero();
            assertThat(shop.stock(Poison.SKU).get("onHand").asLong()).isEqualTo(9);
        });
        eventually(() -> assertThat(shop.get(STEPS)
                        .expect(200)
                        .body()
                        .at("/page/totalItems")
                        .asInt())
                .isZero());
        JsonNode actions =
                shop.get(STEPS + "/" + poisoned + "/actions").expect(200).body().get("items");
        assertThat(actions).singleElement().satisfies(action -> {
            assertThat(action.get("kind").asString()).isEqualTo("RETRY");
            assertThat(action.get("cause").asString()).isEqualTo("IllegalStateException");
            assertThat(action.get("userId").asString()).isNotBlank();
            assertThat(action.get("correlationId").asString()).isNotBlank();
        });
        assertThat(confirmed(shop)).isEqualTo(OTHERS + 1);
        assertThat(shop.stock("GOOD").get("onHand").asLong()).isZero();
    }

    private static void placeOthers(Shop shop) throws Exception {
        ExecutorService customers = Executors.newFixedThreadPool(8);
        try {
            List<Future<Shop.Answer>> placed = IntStream.range(0, OTHERS)
                    .mapToObj(i -> customers.submit(() -> shop.placeOrder("other-" + i, "tok_ok", line("GOOD", 1))
                            .expect(202)))
                    .toList();
            for (Future<Shop.Answer> order : placed) {
                order.get();
            }
        } finally {
            customers.shutdown();
        }
    }

    private static String orderId(Shop.Answer placed) {
        return placed.expect(202).body().get("orderId").asString();
    }

    private static int confirmed(Shop shop) {
        return shop.get("/api/orders?status=CONFIRMED&size=1")
                .expect(200)
                .body()
                .at("/page/totalItems")
                .asInt();
    }

    private static int gauge(Shop shop, String name) {
        return shop.get("/actuator/metrics/" + name)
                .expect(200)
                .body()
                .at("/measurements/0/value")
                .asInt();
    }

    private static void eventually(ThrowingRunnable assertion) {
        await().atMost(Duration.ofMinutes(3))
                .pollInterval(Duration.ofMillis(200))
                .untilAsserted(assertion);
    }

    @TestConfiguration(proxyBeanMethods = false)
    static class Poisoning {

        @Bean
        static Poison poison() {
            return new Poison();
        }
    }

    /** Makes the saga fail on one event, until it is taken away. */
    static final class Poison implements HandlerEnhancerDefinition {

        static final String SKU = "POISONED";

        private volatile boolean effective = true;

        void takeAway() {
            effective = false;
        }

        @Override
        public <T> MessageHandlingMember<T> wrapHandler(MessageHandlingMember<T> original) {
            return original.declaringClass().getSimpleName().equals("OrderProcessingSaga")
                    ? new WrappedMessageHandlingMember<>(original) {
                        @Override
                        public @Nullable Object handle(Message<?> message, @Nullable T target) throws Exception {
                            if (effective
                                    && message.getPayload() instanceof StockReserved event
                                    && event.sku().equals(new Sku(SKU))) {
                                throw new IllegalStateException("poisoned");
                            }
                            return super.handle(message, target);
                        }
                    }
                    : original;
        }
    }
}
