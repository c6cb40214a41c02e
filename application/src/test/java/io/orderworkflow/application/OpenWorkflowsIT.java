package io.orderworkflow.application;

import static io.orderworkflow.application.Shop.line;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.orderworkflow.application.Shop.Answer;
import io.orderworkflow.platform.postgres.ThrowawayDatabase;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Import;
import tools.jackson.databind.JsonNode;

/** What operators see of orders and refunds that wait, and what they can do, over HTTP. */
@SpringBootTest(
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
        properties = {
            "order-workflow.postgres.embedded=false",
            "axon.axonserver.enabled=false",
            "order-workflow.saga.payment-timeout=10s",
            "order-workflow.saga.refund-retries=0",
            "order-workflow.payment.provider.call-timeout=1s",
            "order-workflow.demo-catalogue=false"
        })
@Import(ThrowawayDatabase.class)
class OpenWorkflowsIT {

    private static final Duration PATIENCE = Duration.ofMinutes(1);

    @LocalServerPort
    private int port;

    private Shop shop;
    private String key;

    @BeforeEach
    void openTheShop(TestInfo test) {
        key = test.getTestMethod().orElseThrow().getName();
        shop = new Shop(port).sells(key, "9.90", 10);
    }

    @Test
    void tellWhatWasDoneForAConfirmedOrder() {
        String orderId = id(shop.order(key, "tok_ok", line(key, 2)));

        await().atMost(PATIENCE).untilAsserted(() -> {
            JsonNode timeline = timeline(orderId);
            assertThat(texts(timeline.get("steps"), "event"))
                    .containsExactlyInAnyOrder(
                            "OrderPlaced",
                            "StockReserved",
                            "PaymentAuthorized",
                            "PaymentCaptured",
                            "StockDebited",
                            "OrderConfirmed");
            assertThat(timeline.get("open").isEmpty()).isTrue();
        });
        JsonNode first = timeline(orderId).get("steps").get(0);
        assertThat(first.get("text").asString())
                .startsWith("asked for " + key + " to be set aside; waits for the stock's answer for " + key);
        assertThat(first.at("/commands/0/ended").asString()).isEqualTo("answered");
        assertThat(first.get("correlationId").asString()).isNotBlank();
        assertThat(timeline(orderId).get("story").asString()).startsWith("order placed");
    }

    @Test
    void tellWhatAnOrderWaitsForAndHaveItAskedAgain() {
        String orderId = id(shop.placeOrder(key, "tok_silent", line(key, 1)));
        await().atMost(PATIENCE)
                .untilAsserted(
                        () -> assertThat(open(orderId).at("/0/waitingFor").asString())
                                .isEqualTo("the payment's authorisation"));

        nudge(orderId).expect(202);

        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(texts(timeline(orderId).get("steps"), "text"))
                        .anyMatch(text -> text.contains("asked again (second time)")));
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(open(orderId).isEmpty()).isTrue());
        assertThat(shop.orderView(orderId).get("status").asString()).isEqualTo("REJECTED");
        nudge(orderId).expect(409);
    }

    @Test
    void showARefundThatTheProviderRefusesAsWaitingForAPerson() {
        String orderId = id(shop.order(key, "tok_refund_fails", line(key, 3)));
        shop.post(
                        "/api/orders/" + orderId + "/refunds",
                        Map.of(
                                "lines",
                                List.of(Map.of("sku", key, "quantity", 1)),
                                "reason",
                                "broken",
                                "restock",
                                true))
                .expect(202);

        await().atMost(PATIENCE).untilAsserted(() -> {
            JsonNode refund = stuck(orderId);
            assertThat(refund.get("step").asString()).isEqualTo("REFUND");
            assertThat(refund.get("waitsForPerson").asBoolean()).isTrue();
            assertThat(refund.get("reason").asString()).isNotBlank();
            assertThat(refund.get("nextDeadline").isNull()).isTrue();
        });
        assertThat(shop.stock(key).get("onHand").asInt()).isEqualTo(8);

        nudge(orderId).expect(202);

        await().atMost(PATIENCE).untilAsserted(() -> {
            assertThat(stuck(orderId).get("waitsForPerson").asBoolean()).isTrue();
            assertThat(stuck(orderId).get("attempts").asInt()).isGreaterThan(1);
        });
        assertThat(shop.orderView(orderId).at("/payment/status").asString()).isEqualTo("CAPTURED");
    }

    @Test
    void knowNoOrderThatWasNotPlaced() {
        nudge(UUID.nameUUIDFromBytes(new byte[0]).toString()).expect(404);
    }

    private Answer nudge(String orderId) {
        return shop.post("/api/admin/workflows/" + orderId + "/nudge", Map.of());
    }

    private JsonNode timeline(String orderId) {
        return shop.get("/api/orders/" + orderId + "/timeline").expect(200).body();
    }

    private JsonNode open(String orderId) {
        return timeline(orderId).get("open");
    }

    private JsonNode stuck(String orderId) {
        JsonNode items =
                shop.get("/api/admin/workflows?stuck=true").expect(200).body().get("items");
        return StreamSupport.stream(items.spliterator(), false)
                .filter(item -> item.get("orderId").asString().equals(orderId))
                .findFirst()
                .orElseThrow(() -> new AssertionError("not listed as stuck: " + items));
    }

    private static List<String> texts(JsonNode items, String field) {
        return StreamSupport.stream(items.spliterator(), false)
                .map(item -> item.get(field).asString())
                .toList();
    }

    private static String id(Answer answer) {
        return answer.expect(201, 202).body().get("orderId").asString();
    }
}
