package io.orderworkflow.rest;

import static io.orderworkflow.api.Amounts.eur;
import static io.orderworkflow.api.Amounts.usd;
import static io.orderworkflow.api.SampleOrder.anOrder;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.orderworkflow.api.CustomerId;
import io.orderworkflow.api.FindReadModelProgress;
import io.orderworkflow.api.OrderId;
import io.orderworkflow.api.ReadModel;
import io.orderworkflow.api.Sku;
import io.orderworkflow.api.Sort;
import io.orderworkflow.api.inventory.ProductView;
import io.orderworkflow.api.order.FindOrder;
import io.orderworkflow.api.order.FindOrders;
import io.orderworkflow.api.order.OrderStatus;
import io.orderworkflow.api.order.OrderTimeline;
import io.orderworkflow.api.order.OrderView;
import io.orderworkflow.api.order.PaymentInstruction;
import io.orderworkflow.api.order.PlaceOrder;
import io.orderworkflow.api.order.ShippingAddress;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class OrderControllerTest extends RestApiTest {

    static final String BODY = """
            {
              "customerId": "customer-1",
              "lines": [{"sku": "CUP-WHITE", "quantity": 2}],
              "payment": {"method": "card", "token": "tok_ok"},
              "shippingAddress": {"recipient": "Ada Lovelace", "city": "London", "country": "GB"}
            }
            """;

    private static final String KEY = "key-1";
    private static final OrderId ORDER_ID = OrderId.forIdempotencyKey(KEY);

    private Answer place(String body, String key) {
        return post("/api/orders", body, "Idempotency-Key", key);
    }

    private PlaceOrder placed() {
        return (PlaceOrder) backend.commands().get(0);
    }

    private static OrderView anOrderView(OrderStatus status, long version) {
        return StubBackend.view(anOrder().withKey(KEY).of("CUP-WHITE", 2).place(), status, version);
    }

    @Test
    void acceptsAnOrder() {
        Answer answer = place(BODY, KEY);

        assertThat(answer.status()).isEqualTo(202);
        assertThat(answer.header("Location")).isEqualTo("/api/orders/" + ORDER_ID);
        assertThat(answer.json().toString())
                .isEqualTo("{\"orderId\":\"%s\",\"status\":\"PLACED\"}".formatted(ORDER_ID));
    }

    @Test
    void placesWhatTheClientAskedForAtTheCataloguesPrice() {
        place(BODY.replace("\"quantity\": 2", "\"quantity\": 2, \"unitPrice\": {\"amount\": \"0.01\"}"), KEY);

        assertThat(placed().orderId()).isEqualTo(ORDER_ID);
        assertThat(placed().customerId()).isEqualTo(new CustomerId("customer-1"));
        assertThat(placed().lines()).singleElement().satisfies(line -> {
            assertThat(line.sku()).isEqualTo(CUP);
            assertThat(line.name()).isEqualTo("Espresso cup, white");
            assertThat(line.quantity()).isEqualTo(2);
            assertThat(line.unitPrice()).isEqualTo(eur("9.90"));
        });
        assertThat(placed().payment()).isEqualTo(new PaymentInstruction("card", "tok_ok"));
        assertThat(placed().shippingAddress())
                .isEqualTo(new ShippingAddress("Ada Lovelace", null, null, "London", "GB"));
        assertThat(placed().requestFingerprint()).matches("[0-9a-f]{32}");
    }

    @Test
    void keepsTheLinesAsTheyAreEvenIfTheyNameTheSameProduct() {
        place(
                BODY.replace(
                        "[{\"sku\": \"CUP-WHITE\", \"quantity\": 2}]",
                        "[{\"sku\": \"CUP-WHITE\", \"quantity\": 2}, {\"sku\": \"CUP-WHITE\", \"quantity\": 3}]"),
                KEY);

        assertThat(placed().lines()).extracting(line -> line.quantity()).containsExactly(2, 3);
    }

    @Test
    void answersARepeatAsTheFirstTime() {
        Answer first = place(BODY, KEY);
        backend.show(anOrderView(OrderStatus.CONFIRMED, 3));
        backend.show(new ProductView(CUP, "Espresso cup, ivory", eur("12.00"), "Cups", 4));
        Answer second = place(BODY, KEY);

        assertThat(second.status()).isEqualTo(202);
        assertThat(second.header("Location")).isEqualTo(first.header("Location"));
        assertThat(second.body()).isEqualTo(first.body());
    }

    @Test
    void knowsARepeatThatIsWrittenDifferently() {
        place(BODY, KEY);
        Answer second = place("""
                {"shippingAddress":{"country":"GB","city":"London","recipient":"Ada Lovelace","street":null},
                 "payment":{"token":"tok_ok","method":"card"},
                 "lines":[{"quantity":2,"sku":"CUP-WHITE"}],"customerId":"customer-1"}
                """, KEY);

        assertThat(second.status()).isEqualTo(202);
    }

    @Test
    void answersARepeatThoughTheCatalogueIsBehind() {
        Answer first = place(BODY, KEY);
        backend.show(anOrderView(OrderStatus.PLACED, 0));
        backend.forget(CUP);
        Answer second = place(BODY, KEY);

        assertThat(second.status()).isEqualTo(202);
        assertThat(second.body()).isEqualTo(first.body());
    }

    @Test
    void refusesAKeyThatWasUsedForAnotherOrder() {
        place(BODY, KEY);
        Answer other = place(BODY.replace("\"quantity\": 2", "\"quantity\": 3"), KEY);

        other.isProblem(ProblemType.IDEMPOTENCY_KEY_REUSED);
        assertThat(other.json().path("detail").asString()).isEqualTo("This key was used for another order.");
    }

    @Test
    void refusesAKeyThatWasUsedForAnotherOrderThoughTheCatalogueIsBehind() {
        place(BODY, KEY);
        backend.show(anOrderView(OrderStatus.PLACED, 0));
        backend.forget(CUP);

        place(BODY.replace("\"quantity\": 2", "\"quantity\": 3"), KEY).isProblem(ProblemType.IDEMPOTENCY_KEY_REUSED);
    }

    @Test
    void placesEqualOrdersWithDifferentKeys() {
        Answer first = place(BODY, "key-1");
        Answer second = place(BODY, "key-2");

        assertThat(second.status()).isEqualTo(202);
        assertThat(second.header("Location")).isNotEqualTo(first.header("Location"));
    }

    @Test
    void placesNothingForAClientThatWouldNotUnderstandTheAnswer() {
        post("/api/orders", BODY, "Idempotency-Key", KEY, "Accept", "text/html").isProblem(ProblemType.NOT_ACCEPTABLE);

        assertThat(backend.commands()).isEmpty();
    }

    @Test
    void acceptsNoOrderOfAnUnknownProduct() {
        Answer answer = place(
                BODY.replace(
                        "[{\"sku\": \"CUP-WHITE\", \"quantity\": 2}]",
                        "[{\"sku\": \"CUP-WHITE\", \"quantity\": 2}, {\"sku\": \"NOPE\", \"quantity\": 2}]"),
                KEY);

        answer.isProblem(ProblemType.UNKNOWN_PRODUCT);
        assertThat(answer.json().path("errors").get(0).path("field").asString()).isEqualTo("lines[1].sku");
        assertThat(answer.json().path("errors").get(0).path("rule").asString()).contains("NOPE");
        assertThat(backend.commands()).isEmpty();
    }

    @Test
    void acceptsNoOrderThatCannotBePaid() {
        backend.show(new ProductView(new Sku("DOLLAR-CUP"), "Cup", usd("5.00"), null, 0));
        Answer answer = place(
                BODY.replace(
                        "[{\"sku\": \"CUP-WHITE\", \"quantity\": 2}]",
                        "[{\"sku\": \"CUP-WHITE\", \"quantity\": 2}, {\"sku\": \"DOLLAR-CUP\", \"quantity\": 2}]"),
                KEY);

        answer.isProblem(ProblemType.UNPAYABLE_TOTAL);
    }

    @Test
    void tellsOfAnOrder() {
        backend.show(anOrderView(OrderStatus.CONFIRMED, 7));
        Answer answer = get("/api/orders/" + ORDER_ID);

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.header("ETag")).isEqualTo("\"7\"");
        assertThat(answer.json().path("orderId").asString()).isEqualTo(ORDER_ID.toString());
        assertThat(answer.json().path("status").asString()).isEqualTo("CONFIRMED");
        assertThat(answer.json().path("statusReason").isNull()).isTrue();
        assertThat(answer.json().path("lines").get(0).toString())
                .isEqualTo("{\"sku\":\"CUP-WHITE\",\"name\":\"Product CUP-WHITE\",\"quantity\":2,"
                        + "\"unitPrice\":{\"amount\":\"9.90\",\"currency\":\"EUR\"}}");
        assertThat(answer.json().path("total").toString()).isEqualTo("{\"amount\":\"19.80\",\"currency\":\"EUR\"}");
        assertThat(answer.json().path("placedAt").asString()).isEqualTo("2026-11-21T10:15:30Z");
        assertThat(answer.json().path("version").asInt()).isEqualTo(7);
    }

    @Test
    void sparesAClientTheOrderThatItHas() {
        backend.show(anOrderView(OrderStatus.CONFIRMED, 7));

        Answer same = get("/api/orders/" + ORDER_ID, "If-None-Match", "\"7\"");
        assertThat(same.status()).isEqualTo(304);
        assertThat(same.header("ETag")).isEqualTo("\"7\"");
        assertThat(same.body()).isEmpty();
        assertThat(get("/api/orders/" + ORDER_ID, "If-None-Match", "\"6\"").status())
                .isEqualTo(200);
    }

    @Test
    void waitsForAnOrderThatWasAcceptedJustNow() {
        AtomicInteger asked = new AtomicInteger();
        backend.onQuery(query -> {
            if (query instanceof FindOrder && asked.incrementAndGet() == 2) {
                backend.show(anOrderView(OrderStatus.PLACED, 0));
            }
        });

        readModels.head(41);

        assertThat(get("/api/orders/" + ORDER_ID).status()).isEqualTo(200);
        assertThat(readModels.asked())
                .extracting(FindReadModelProgress::readModel, FindReadModelProgress::position)
                .containsExactly(tuple(ReadModel.ORDERS, 41L));
    }

    @Test
    void knowsNoOrderThatWasNotPlaced() {
        Answer answer = get("/api/orders/" + ORDER_ID).isProblem(ProblemType.UNKNOWN_RESOURCE);

        assertThat(answer.json().path("detail").asString()).contains(ORDER_ID.toString());
    }

    @Test
    void listsOrders() {
        backend.show(anOrderView(OrderStatus.CONFIRMED, 7));
        Answer answer = get("/api/orders");

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.json().path("items").get(0).path("orderId").asString())
                .isEqualTo(ORDER_ID.toString());
        assertThat(answer.json().path("page").toString())
                .isEqualTo("{\"number\":0,\"size\":20,\"totalItems\":1,\"totalPages\":1}");
        assertThat(backend.queries())
                .containsExactly(new FindOrders(Set.of(), null, null, null, null, 0, 20, Sort.NATURAL));
    }

    @Test
    void listsTheOrdersThatAreAskedFor() {
        Answer answer = get("/api/orders?status=CONFIRMED,REJECTED&customerId=c-1&sku=CUP-WHITE"
                + "&from=2026-11-20T00:00:00Z&to=2026-11-21T01:00:00%2B01:00&page=3&size=200&sort=placedAt,desc");

        assertThat(answer.status()).isEqualTo(200);
        assertThat(backend.queries())
                .containsExactly(new FindOrders(
                        Set.of(OrderStatus.CONFIRMED, OrderStatus.REJECTED),
                        new CustomerId("c-1"),
                        CUP,
                        Instant.parse("2026-11-20T00:00:00Z"),
                        Instant.parse("2026-11-21T00:00:00Z"),
                        3,
                        200,
                        new Sort("placedAt", true)));
    }

    @Test
    void takesAParameterThatIsRepeatedAsAList() {
        get("/api/orders?status=CONFIRMED&status=REJECTED,PLACED");

        assertThat(backend.queries())
                .singleElement()
                .extracting(query -> ((FindOrders) query).status())
                .isEqualTo(Set.of(OrderStatus.CONFIRMED, OrderStatus.REJECTED, OrderStatus.PLACED));
    }

    @Test
    void tellsWhatHappenedToAnOrder() {
        backend.show(new OrderTimeline(
                ORDER_ID,
                List.of(new OrderTimeline.Entry(
                        1,
                        StubBackend.PLACED_AT,
                        "OrderPlaced",
                        "Order",
                        ORDER_ID.toString(),
                        0,
                        "event",
                        "cause",
                        "correlation",
                        "The order was placed.",
                        Map.of("orderId", ORDER_ID.toString())))));
        Answer answer = get("/api/orders/" + ORDER_ID + "/timeline");

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.json().toString())
                .isEqualTo(
                        ("{\"orderId\":\"ID\",\"story\":\"The order was placed. at 2026-11-21 10:15:30\",\"items\":[{\"sequence\":1,\"at\":\"2026-11-21T10:15:30Z\","
                                        + "\"type\":\"OrderPlaced\",\"aggregateType\":\"Order\",\"aggregateId\":\"ID\","
                                        + "\"aggregateSequence\":0,\"eventId\":\"event\","
                                        + "\"causationId\":\"cause\",\"correlationId\":\"correlation\","
                                        + "\"text\":\"The order was placed.\",\"payload\":{\"orderId\":\"ID\"}}],"
                                        + "\"steps\":[],\"open\":[],\"search\":{"
                                        + "\"page\":\"http://axonserver.example:8024#query\","
                                        + "\"query\":\"metaData.correlationId = \\\"correlation\\\"\"}}")
                                .replace("ID\"", ORDER_ID + "\"")
                                .replace("causation" + ORDER_ID, "causationId")
                                .replace("correlation" + ORDER_ID, "correlationId"));
    }

    @Test
    void tellsOfNoEventsYetOfAnOrderThatExists() {
        backend.show(anOrderView(OrderStatus.PLACED, 0));
        Answer answer = get("/api/orders/" + ORDER_ID + "/timeline");

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.json().path("items").isEmpty()).isTrue();
    }

    @Test
    void knowsNoTimelineOfAnOrderThatWasNotPlaced() {
        get("/api/orders/" + ORDER_ID + "/timeline").isProblem(ProblemType.UNKNOWN_RESOURCE);
    }
}
