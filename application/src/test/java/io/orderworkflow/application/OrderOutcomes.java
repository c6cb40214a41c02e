package io.orderworkflow.application;

import static io.orderworkflow.application.Shop.line;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.opentelemetry.sdk.trace.data.SpanData;
import io.orderworkflow.api.OrderId;
import io.orderworkflow.api.RecordedEvent;
import io.orderworkflow.api.Sku;
import io.orderworkflow.application.Shop.Answer;
import io.orderworkflow.platform.postgres.ThrowawayDatabase;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.awaitility.core.ThrowingRunnable;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.JdbcTemplate;
import tools.jackson.databind.JsonNode;

/** Every way in which an order can end, through the assembled program, over HTTP. */
@SpringBootTest(
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
        properties = {
            "order-workflow.postgres.embedded=false",
            "order-workflow.saga.payment-timeout=8s",
            "order-workflow.payment.provider.call-timeout=1s",
            "order-workflow.cart.expiry=8s",
            // Stock items are read from the store for every command, mostly from a snapshot.
            "order-workflow.inventory.stock-item-cache-size=0",
            "order-workflow.inventory.snapshot-after=3",
            "order-workflow.axonserver.dashboard-url=http://localhost:8024",
            // Somewhere to send traces to, or none are made; they are kept here instead.
            "management.opentelemetry.tracing.export.otlp.endpoint=http://localhost:4318/v1/traces",
            "management.tracing.export.otlp.enabled=false",
            "management.opentelemetry.tracing.export.schedule-delay=100ms",
            "management.tracing.sampling.probability=1.0",
            "order-workflow.demo-catalogue=false"
        })
@Import({ThrowawayDatabase.class, RecordedSpans.class})
abstract class OrderOutcomes {

    @LocalServerPort
    private int port;

    @Autowired
    private JdbcTemplate jdbc;

    @Autowired
    private EventStore events;

    @Autowired
    private RecordedSpans spans;

    private Shop shop;
    private String sku;
    private String otherSku;
    private String key;

    @BeforeEach
    void openTheShop(TestInfo test) {
        key = test.getTestMethod().orElseThrow().getName();
        sku = key + "-1";
        otherSku = key + "-2";
        shop = new Shop(port).sells(sku, "9.90", 10).sells(otherSku, "0.25", 10);
    }

    @AfterEach
    void keepsEveryPromise() {
        eventually(() -> {
            JsonNode audit = shop.get("/api/admin/audit").expect(200).body();
            assertThat(audit.get("breaches")).isEmpty();
            assertThat(audit.get("suspicions").asLong()).as("suspicions").isZero();
        });
    }

    @Test
    void confirmsAnOrderThatIsInStockAndPaid() {
        JsonNode order = settled(shop.order(key, "tok_ok", line(sku, 2), line(otherSku, 1), line(sku, 1)));

        assertThat(order.get("status").asString()).isEqualTo("CONFIRMED");
        assertThat(order.at("/total/amount").asString()).isEqualTo("29.95");
        assertThat(order.at("/payment/status").asString()).isEqualTo("CAPTURED");
        expectStock(sku, 7, 0);
        expectStock(otherSku, 9, 0);
        List<String> timeline = wholeTimeline(id(order), 10).get("items").findValuesAsString("type");
        assertThat(timeline)
                .startsWith(
                        "OrderPlaced",
                        "StockReserved",
                        "StockReserved",
                        "PaymentRequested",
                        "PaymentAuthorized",
                        "CaptureRequested",
                        "PaymentCaptured");
        // These are asked for at once, of different aggregates.
        assertThat(timeline.subList(7, timeline.size()))
                .containsExactlyInAnyOrder("StockDebited", "StockDebited", "OrderConfirmed");
    }

    @Test
    void rejectsAnOrderThatIsOutOfStock() {
        JsonNode order = settled(shop.order(key, "tok_ok", line(sku, 11), line(otherSku, 1)));

        assertThat(order.get("status").asString()).isEqualTo("REJECTED");
        assertThat(order.at("/statusReason/code").asString()).isEqualTo("OUT_OF_STOCK");
        assertThat(order.at("/statusReason/shortages/0/requested").asInt()).isEqualTo(11);
        assertThat(order.at("/statusReason/shortages/0/available").asInt()).isEqualTo(10);
        assertThat(order.get("payment").isNull()).isTrue();
        expectNothingTaken();
    }

    @Test
    void rejectsAnOrderWhosePaymentIsDeclined() {
        JsonNode order = settled(shop.order(key, "tok_insufficient_funds", line(sku, 1), line(otherSku, 1)));

        expectRejected(order, "PAYMENT_DECLINED", "DECLINED");
        expectNothingTaken();
    }

    @Test
    void confirmsAnOrderAlthoughTheProviderIsFlaky() {
        JsonNode order = settled(shop.order(key, "tok_flaky", line(sku, 1)));

        assertThat(order.get("status").asString()).isEqualTo("CONFIRMED");
        assertThat(attempts(order)).contains("UNAVAILABLE", "SUCCEEDED");
    }

    @Test
    void findsOutThatAPaymentWasMadeWhoseAnswerWasLost() {
        JsonNode order = settled(shop.order(key, "tok_lost", line(sku, 1)));

        assertThat(order.get("status").asString()).isEqualTo("CONFIRMED");
        assertThat(attempts(order)).contains("NO_ANSWER", "FOUND");
    }

    @Test
    void rejectsAnOrderWhosePaymentIsNeverAnswered() {
        JsonNode order = settled(shop.order(key, "tok_silent", line(sku, 1), line(otherSku, 1)));

        expectRejected(order, "PAYMENT_TIMEOUT", "VOIDED");
        expectNothingTaken();
    }

    @Test
    void rejectsAnOrderWhoseMoneyCannotBeTaken() {
        JsonNode order = settled(shop.order(key, "tok_capture_fails", line(sku, 1), line(otherSku, 1)));

        expectRejected(order, "PAYMENT_FAILED", "VOIDED");
        expectNothingTaken();
    }

    @Test
    void answersARepeatedRequestWithTheSameOrder() {
        Answer first = shop.placeOrder(key, "tok_ok", line(sku, 1)).expect(202);
        settled(shop.order(key, "tok_ok", line(sku, 1)));
        Answer repeated = shop.placeOrder(key, "tok_ok", line(sku, 1)).expect(202);

        assertThat(repeated.body()).isEqualTo(first.body());
        assertThat(repeated.headers().firstValue("Location"))
                .isEqualTo(first.headers().firstValue("Location"));
        expectStock(sku, 9, 0);
    }

    @Test
    void refusesAnotherRequestWithTheSameKey() {
        shop.placeOrder(key, "tok_ok", line(sku, 1)).expect(202);

        shop.placeOrder(key, "tok_ok", line(sku, 2)).expect(422);
    }

    @Test
    void tracesARequestToEveryEventThatItCaused() {
        Answer placed = shop.order(key, "tok_ok", line(sku, 1));
        String correlationId = placed.headers().firstValue("X-Correlation-ID").orElseThrow();

        assertThat(wholeTimeline(id(placed.body()), 8).get("items"))
                .allSatisfy(
                        item -> assertThat(item.get("correlationId").asString()).isEqualTo(correlationId));
    }

    /** That the order is confirmed may be seen before its stock is taken: both are asked for at once. */
    private JsonNode wholeTimeline(String orderId, int events) {
        eventually(() -> assertThat(shop.timeline(orderId)).hasSize(events));
        return shop.get("/api/orders/" + orderId + "/timeline").expect(200).body();
    }

    @Test
    void tellsOfEveryEventWhereItComesFrom() {
        Answer placed = shop.order(key, "tok_ok", line(sku, 1));
        String correlationId = placed.headers().firstValue("X-Correlation-ID").orElseThrow();
        JsonNode timeline = wholeTimeline(id(placed.body()), 8);

        List<JsonNode> all = storedEvents(timeline);

        assertThat(all).hasSize(8);
        String traceId = all.get(0).at("/metaData/traceId").asString();
        assertThat(traceId).matches("[0-9a-f]{32}");
        assertThat(all).extracting(event -> event.get("metaData")).allSatisfy(metaData -> {
            assertThat(metaData.path("correlationId").asString()).isEqualTo(correlationId);
            assertThat(metaData.path("traceId").asString()).isEqualTo(traceId);
            assertThat(metaData.path("userId").asString()).isEqualTo("anonymous");
            assertThat(metaData.path("causationId").asString()).isNotBlank().isNotEqualTo(correlationId);
        });
        assertThat(timeline.at("/search/page").asString()).isEqualTo("http://localhost:8024#query");
        assertThat(timeline.at("/search/query").asString())
                .isEqualTo("metaData.correlationId = \"%s\"".formatted(correlationId));
    }

    /** As the event store has them, each asked for by its aggregate. */
    private List<JsonNode> storedEvents(JsonNode timeline) {
        List<JsonNode> stored = new ArrayList<>();
        Set<String> aggregates = Set.copyOf(timeline.get("items").findValuesAsString("aggregateId"));
        Set<String> correlationIds = Set.copyOf(timeline.get("items").findValuesAsString("correlationId"));
        for (String aggregate : aggregates) {
            shop.get("/api/eventstore/events?size=200&aggregateId=" + aggregate)
                    .expect(200)
                    .body()
                    .get("items")
                    .forEach(event -> {
                        if (correlationIds.contains(event.path("correlationId").asString())) {
                            stored.add(event);
                        }
                    });
        }
        return stored;
    }

    @Test
    void joinsEverythingThatBecomesOfAnOrderInOneTrace() {
        Answer placed = shop.order(key, "tok_ok", line(sku, 1));
        String traceId = storedEvents(shop.get("/api/orders/" + id(placed.body()) + "/timeline")
                        .expect(200)
                        .body())
                .get(0)
                .at("/metaData/traceId")
                .asString();

        eventually(() -> assertThat(spans.ofTrace(traceId))
                .extracting(SpanData::getName)
                .contains(
                        "http post /api/orders",
                        "Order.handle(PlaceOrder)",
                        "EventBus.publishEvent(OrderPlaced)",
                        "OrderProcessingSaga.on(OrderPlaced,OrderSteps)",
                        "EventBus.publishEvent(StockReserved)",
                        "EventBus.publishEvent(PaymentRequested)",
                        "EventBus.publishEvent(PaymentAuthorized)",
                        "EventBus.publishEvent(CaptureRequested)",
                        "EventBus.publishEvent(PaymentCaptured)",
                        "EventBus.publishEvent(StockDebited)",
                        "EventBus.publishEvent(OrderConfirmed)"));
    }

    @Test
    void makesAnOrderOfACart() {
        String cart = shop.createCart();
        shop.put(cart + "/items/" + sku, Map.of("quantity", 5)).expect(204);
        shop.put(cart + "/items/" + sku, Map.of("quantity", 2)).expect(204);
        shop.put(cart + "/items/" + otherSku, Map.of("quantity", 1)).expect(204);
        shop.delete(cart + "/items/" + otherSku).expect(204);

        JsonNode order = settled(shop.checkOut(cart, key, "tok_ok", "Prefer", "wait=30"));

        assertThat(order.get("status").asString()).isEqualTo("CONFIRMED");
        assertThat(order.at("/total/amount").asString()).isEqualTo("19.80");
        expectStock(sku, 8, 0);
        expectStock(otherSku, 10, 0);
        JsonNode checkedOut = shop.get(cart).expect(200).body();
        assertThat(checkedOut.get("status").asString()).isEqualTo("CHECKED_OUT");
        assertThat(checkedOut.get("orderId")).isEqualTo(order.get("orderId"));
        shop.put(cart + "/items/" + sku, Map.of("quantity", 3)).expect(409);
        shop.checkOut(cart, key + "-again", "tok_ok").expect(409);
    }

    @Test
    void checksOutACartOnceHoweverOftenItIsAsked() {
        String cart = shop.createCart();
        shop.put(cart + "/items/" + sku, Map.of("quantity", 2)).expect(204);

        Answer first = shop.checkOut(cart, key, "tok_ok").expect(202);
        Answer repeated = shop.checkOut(cart, key, "tok_ok").expect(202);

        assertThat(repeated.body()).isEqualTo(first.body());
        shop.checkOut(cart, key, "tok_lost").expect(422);
        eventually(
                () -> assertThat(shop.orderView(id(first.body())).get("status").asString())
                        .isEqualTo("CONFIRMED"));
        expectStock(sku, 8, 0);
    }

    @Test
    void tellsWhichPricesChangedSinceTheyWereSeen() {
        String cart = shop.createCart();
        shop.put(cart + "/items/" + sku, Map.of("quantity", 2)).expect(204);
        shop.sells(sku, "8.90", 1);

        JsonNode accepted = shop.checkOut(cart, key, "tok_ok").expect(202).body();

        assertThat(accepted.at("/priceChanges/0/sku").asString()).isEqualTo(sku);
        assertThat(accepted.at("/priceChanges/0/seen/amount").asString()).isEqualTo("9.90");
        assertThat(accepted.at("/priceChanges/0/now/amount").asString()).isEqualTo("8.90");
        eventually(() -> assertThat(
                        shop.orderView(id(accepted)).at("/total/amount").asString())
                .isEqualTo("17.80"));
    }

    @Test
    void makesNoOrderOfAnEmptyCart() {
        shop.checkOut(shop.createCart(), key, "tok_ok").expect(422);
    }

    @Test
    void letsACartExpire() {
        String cart = shop.createCart();
        shop.put(cart + "/items/" + sku, Map.of("quantity", 2)).expect(204);

        eventually(
                () -> assertThat(shop.get(cart).expect(200).body().get("status").asString())
                        .isEqualTo("EXPIRED"));

        shop.put(cart + "/items/" + sku, Map.of("quantity", 3)).expect(410);
        shop.checkOut(cart, key, "tok_ok").expect(410);
        expectNothingTaken();
    }

    @Test
    void pausesAProcessorUntilItIsResumed() {
        String orderView = "/api/admin/processors/order-view";
        eventually(() -> assertThat(shop.get("/api/admin/processors")
                        .expect(200)
                        .body()
                        .get("items")
                        .findValuesAsString("name"))
                .contains("inventory-view", "order-processing", "order-view", "payment-provider"));
        shop.post(orderView + "/pause", Map.of()).expect(202);
        String order;
        try {
            eventually(() -> assertThat(shop.get(orderView)
                            .expect(200)
                            .body()
                            .get("running")
                            .asBoolean())
                    .isFalse());
            order = id(shop.placeOrder(key, "tok_ok", line(sku, 1)).expect(202).body());
            eventually(() -> {
                JsonNode segment = shop.get(orderView).expect(200).body().at("/segments/0");
                assertThat(segment.get("lag").asLong()).isPositive();
                assertThat(segment.get("lagSeconds").asDouble()).isPositive();
                assertThat(segment.get("caughtUp").asBoolean()).isFalse();
            });
        } finally {
            shop.post(orderView + "/resume", Map.of()).expect(202);
        }

        eventually(
                () -> assertThat(shop.orderView(order).get("status").asString()).isEqualTo("CONFIRMED"));
        eventually(() -> {
            JsonNode segment = shop.get(orderView).expect(200).body().at("/segments/0");
            assertThat(segment.get("caughtUp").asBoolean()).isTrue();
            assertThat(segment.get("owner").asString()).isNotBlank();
        });
        shop.post("/api/admin/processors/nothing/pause", Map.of()).expect(404);
        shop.post(orderView + "/split?segment=77", Map.of()).expect(400);
    }

    @Test
    void parksWhatTheReadModelCannotTake() {
        String letters = "/api/admin/dead-letters/order-view";
        jdbc.execute("alter table orders.placed_order add constraint poisoned check (total <> 1.75) not valid");
        String poisoned;
        try {
            poisoned = id(shop.placeOrder(key, "tok_ok", line(otherSku, 7))
                    .expect(202)
                    .body());
            assertThat(settled(shop.order(key + "-other", "tok_ok", line(sku, 1)))
                            .get("status")
                            .asString())
                    .isEqualTo("CONFIRMED");
            eventually(() -> {
                JsonNode letter = shop.get(letters + "?sequence=" + poisoned)
                        .expect(200)
                        .body()
                        .at("/items/0");
                assertThat(letter.path("event").asString()).isEqualTo("OrderPlaced");
                assertThat(letter.path("aggregateId").asString()).isEqualTo(poisoned);
                assertThat(letter.path("message").asString()).contains("poisoned");
                assertThat(letter.path("waitingEvents").asLong()).isPositive();
            });
        } finally {
            jdbc.execute("alter table orders.placed_order drop constraint poisoned");
        }

        shop.post(letters + "/" + poisoned + "/retry", Map.of());

        eventually(() ->
                assertThat(shop.orderView(poisoned).get("status").asString()).isEqualTo("CONFIRMED"));
        assertThat(shop.get(letters + "?sequence=" + poisoned)
                        .expect(200)
                        .body()
                        .get("items"))
                .isEmpty();
        expectStock(otherSku, 3, 0);
    }

    @Test
    void clearsWithAReplayWhatWasParked() {
        String replay = "/api/admin/processors/order-view/replay";
        String letters = "/api/admin/dead-letters/order-view";
        jdbc.execute("alter table orders.placed_order add constraint poisoned check (total <> 1.75) not valid");
        String poisoned;
        try {
            poisoned = id(shop.placeOrder(key, "tok_ok", line(otherSku, 7))
                    .expect(202)
                    .body());
            eventually(() -> assertThat(shop.get(letters + "?sequence=" + poisoned)
                            .expect(200)
                            .body()
                            .get("items"))
                    .hasSize(1));
            // Nobody tries it again before the replay has come to it.
            jdbc.update("update dead_letter_entry set next_try_at = now() + interval '1 hour'");
        } finally {
            jdbc.execute("alter table orders.placed_order drop constraint poisoned");
        }

        shop.post(replay + "?switch=auto", Map.of()).expect(202);

        eventually(() -> {
            JsonNode processor =
                    shop.get("/api/admin/processors/order-view").expect(200).body();
            assertThat(processor.at("/replay/state").asString()).isEqualTo("SWITCHED");
        });
        assertThat(shop.get(letters + "?sequence=" + poisoned)
                        .expect(200)
                        .body()
                        .get("items"))
                .isEmpty();
        eventually(() ->
                assertThat(shop.orderView(poisoned).get("status").asString()).isEqualTo("CONFIRMED"));
        shop.delete(replay).expect(202);
        assertThat(shop.get("/api/admin/dead-letters?sequence=" + poisoned)
                        .expect(200)
                        .body()
                        .get("items"))
                .isEmpty();
    }

    @Test
    void takesSnapshotsOfStockItems() {
        settled(shop.order(key, "tok_ok", line(sku, 1)));

        eventually(() -> assertThat(shop.get("/actuator/metrics/order.workflow.snapshots?tag=outcome:taken")
                        .expect(200)
                        .body()
                        .at("/measurements/0/value")
                        .asDouble())
                .isPositive());
        JsonNode failed = shop.get("/actuator/metrics/order.workflow.snapshots?tag=outcome:failed")
                .body();
        assertThat(failed.at("/measurements/0/value").asDouble(0)).isZero();
    }

    @Test
    void goesOnWithAnOrderPlacedBeforeAddressesAndCurrencyWereRecorded() {
        OrderId orderId = OrderId.forIdempotencyKey(key);
        events.publish(RecordedEvent.orderPlaced(1, orderId, new Sku(sku)));

        eventually(() -> assertThat(status(orderId)).isEqualTo("CONFIRMED"));
        JsonNode order = shop.orderView(orderId.toString());
        assertThat(order.at("/total/amount").asString()).isEqualTo("39.80");
        assertThat(order.at("/total/currency").asString()).isEqualTo("EUR");
        assertThat(order.get("shippingAddress").isNull()).isTrue();
        expectStock(sku, 8, 0);

        shop.cancel(orderId.toString()).expect(202);

        eventually(() -> assertThat(status(orderId)).isEqualTo("CANCELLED"));
        expectNothingTaken();
        assertThat(shop.timeline(orderId.toString()))
                .startsWith("OrderPlaced", "StockReserved", "PaymentRequested")
                .contains("PaymentCaptured", "OrderConfirmed", "OrderCancellationRequested")
                .endsWith("OrderCancelled");
    }

    @Test
    void findsAndReplaysWhatIsStored() {
        JsonNode order = settled(shop.order(key, "tok_ok", line(sku, 2)));
        String payment = order.at("/payment/paymentId").asString();

        JsonNode ofOrder = shop.get("/api/eventstore/events?aggregateId=" + id(order))
                .expect(200)
                .body();
        assertThat(ofOrder.get("items").findValuesAsString("type")).containsExactly("OrderPlaced", "OrderConfirmed");
        assertThat(ofOrder.at("/page/totalItems").asLong()).isEqualTo(2);
        long placed = positionOfFirst(id(order));
        assertThat(typesBehind(placed, id(order))).containsExactly("OrderConfirmed");
        assertThat(typesBehind(positionOfFirst(payment), id(order))).containsExactly("OrderConfirmed");
        assertThat(typesBehind(placed - 1, id(order))).containsExactly("OrderPlaced", "OrderConfirmed");
        JsonNode first = shop.get("/api/eventstore/events?type=OrderPlaced&size=1")
                .expect(200)
                .body();
        JsonNode second = shop.get("/api/eventstore/events?type=OrderPlaced&size=1&page=1")
                .expect(200)
                .body();
        assertThat(first.at("/items/0/payload/orderId").isString()).isTrue();
        if (first.get("next").isNumber()) {
            assertThat(shop.get("/api/eventstore/events?type=OrderPlaced&size=1&after="
                                    + first.get("next").asLong())
                            .expect(200)
                            .body()
                            .at("/items/0"))
                    .isEqualTo(second.at("/items/0"));
        }
        shop.get("/api/eventstore/events?size=200&from=" + order.get("placedAt").asString())
                .expect(200);
        JsonNode statistics = shop.get("/api/eventstore/statistics").expect(200).body();
        assertThat(statistics.get("events").asLong()).isPositive();
        assertThat(statistics.get("items").findValuesAsString("type")).contains("OrderPlaced", "StockReserved");

        assertThat(replayed("Order/" + id(order)).at("/state/status").asString())
                .isEqualTo("CONFIRMED");
        assertThat(replayed("Order/" + id(order) + "?at=0").at("/state/status").asString())
                .isEqualTo("PLACED");
        assertThat(replayed("Payment/" + payment).at("/state/status").asString())
                .isEqualTo("CAPTURED");
        JsonNode reserved = replayed("StockItem/stock:" + sku + "?at=2");
        assertThat(reserved.at("/events/2/type").asString()).isEqualTo("StockReserved");
        assertThat(reserved.at("/state/onHand").asLong()).isEqualTo(10);
        assertThat(reserved.at("/state/reserved").asLong()).isEqualTo(2);
        assertThat(replayed("StockItem/stock:" + sku).at("/state/onHand").asLong())
                .isEqualTo(8);
        assertThat(replayed("Product/product:" + sku).get("events")).hasSize(1);
        shop.get("/api/eventstore/replay/Payment/" + id(order)).expect(404);
        shop.get("/api/eventstore/replay/Order/" + key).expect(404);
        shop.get("/api/eventstore/replay/Order/" + id(order) + "?at=2020-01-01T00:00:00Z")
                .expect(404);
    }

    /** Where to go on behind a page of the first event of an aggregate. */
    private long positionOfFirst(String aggregateId) {
        return shop.get("/api/eventstore/events?size=1&aggregateId=" + aggregateId)
                .expect(200)
                .body()
                .get("next")
                .asLong();
    }

    private List<String> typesBehind(long position, String aggregateId) {
        return shop.get("/api/eventstore/events?aggregateId=" + aggregateId + "&after=" + position)
                .expect(200)
                .body()
                .get("items")
                .findValuesAsString("type");
    }

    private JsonNode replayed(String what) {
        return shop.get("/api/eventstore/replay/" + what).expect(200).body();
    }

    private String status(OrderId orderId) {
        Answer order = shop.get("/api/orders/" + orderId);
        return order.status() == 200 ? order.body().get("status").asString() : "not known yet";
    }

    private static JsonNode settled(Answer answer) {
        return answer.expect(201).body();
    }

    private static String id(JsonNode order) {
        return order.get("orderId").asString();
    }

    private List<String> attempts(JsonNode order) {
        JsonNode payment = shop.get(
                        "/api/payments/" + order.at("/payment/paymentId").asString())
                .expect(200)
                .body();
        return payment.get("attempts").findValuesAsString("outcome");
    }

    private void expectRejected(JsonNode order, String reason, String paymentStatus) {
        assertThat(order.get("status").asString()).isEqualTo("REJECTED");
        assertThat(order.at("/statusReason/code").asString()).isEqualTo(reason);
        assertThat(order.at("/statusReason/message").asString()).isNotBlank();
        eventually(
                () -> assertThat(shop.orderView(id(order)).at("/payment/status").asString())
                        .isEqualTo(paymentStatus));
    }

    private void expectNothingTaken() {
        expectStock(sku, 10, 0);
        expectStock(otherSku, 10, 0);
    }

    /** The order may be settled a moment before the stock's own view has followed. */
    private void expectStock(String ofSku, long onHand, long reserved) {
        eventually(() -> {
            JsonNode stock = shop.stock(ofSku);
            assertThat(stock.get("onHand").asLong()).as("on hand").isEqualTo(onHand);
            assertThat(stock.get("reserved").asLong()).as("reserved").isEqualTo(reserved);
        });
    }

    private static void eventually(ThrowingRunnable assertion) {
        await().atMost(Duration.ofMinutes(1)).untilAsserted(assertion);
    }
}
