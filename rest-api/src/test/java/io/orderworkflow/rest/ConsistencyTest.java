package io.orderworkflow.rest;

import static io.orderworkflow.api.SampleOrder.anOrder;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.orderworkflow.api.FindReadModelProgress;
import io.orderworkflow.api.PaymentId;
import io.orderworkflow.api.ReadModel;
import io.orderworkflow.api.Refusal;
import io.orderworkflow.api.order.OrderStatus;
import io.orderworkflow.api.order.OrderView;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Reads of one's own writes. */
class ConsistencyTest extends RestApiTest {

    private static final String RECEIPTS = "/api/inventory/CUP-WHITE/receipts";
    private static final String RECEIPT = "{\"quantity\": 1}";

    private final OrderView order =
            StubBackend.view(anOrder().withKey("consistency").of("CUP-WHITE", 1).place(), OrderStatus.PLACED, 1);

    @Test
    void beginWithATokenInTheAnswerOfEveryCommand() {
        backend.show(order);
        String orderPath = "/api/orders/" + order.orderId();
        readModels.head(41);
        backend.onCommand(command -> readModels.head(42));
        String cart = post("/api/carts", "{\"customerId\": \"c\"}").header("Location");
        Map<String, Answer> answers = Map.ofEntries(
                Map.entry("order", post("/api/orders", OrderControllerTest.BODY, "Idempotency-Key", "consistency-1")),
                Map.entry(
                        "order, waited for",
                        post(
                                "/api/orders",
                                OrderControllerTest.BODY,
                                "Idempotency-Key",
                                "consistency-2",
                                "Prefer",
                                "wait=1")),
                Map.entry("cancellation", post(orderPath + "/cancellation", "{\"reason\": \"no more\"}")),
                Map.entry("shipment", post(orderPath + "/shipment", "{\"carrier\": \"c\", \"trackingNumber\": \"t\"}")),
                Map.entry("delivery", post(orderPath + "/delivery", "{}")),
                Map.entry("refund", post(orderPath + "/refunds", "{\"reason\": \"broken\", \"restock\": true}")),
                Map.entry(
                        "product",
                        put(
                                "/api/products/CUP-WHITE",
                                "{\"name\": \"Cup\", \"price\": {\"amount\": \"1\", \"currency\": \"EUR\"}}")),
                Map.entry("receipt", post(RECEIPTS, RECEIPT)),
                Map.entry(
                        "adjustment",
                        post("/api/inventory/CUP-WHITE/adjustments", "{\"delta\": 1, \"reason\": \"r\"}")),
                Map.entry("reorder point", put("/api/inventory/CUP-WHITE/reorder-point", "{\"quantity\": 1}")),
                Map.entry("item", put(cart + "/items/CUP-WHITE", "{\"quantity\": 1}")));

        assertThat(answers).allSatisfy((command, answer) -> {
            assertThat(answer.status()).as(answer.body()).isBetween(200, 299);
            assertThat(answer.header("X-Consistency-Token")).isEqualTo("1.42");
        });
    }

    @Test
    void beginWithNoTokenWhereNothingWasDone() {
        backend.refuses(Refusal.Code.UNKNOWN, "There is no such product.");

        assertThat(post(RECEIPTS, RECEIPT).response().headers().firstValue("X-Consistency-Token"))
                .isEmpty();
        assertThat(get("/api/products").response().headers().firstValue("X-Consistency-Token"))
                .isEmpty();
    }

    @Test
    void doWithoutATokenRatherThanSayThatWhatWasDoneFailed() {
        readModels.broken(true);
        Answer answer = post(RECEIPTS, RECEIPT);

        assertThat(answer.status()).isEqualTo(202);
        assertThat(answer.response().headers().firstValue("X-Consistency-Token"))
                .isEmpty();
    }

    @Test
    void readTheHeadOnceForManyCommands() {
        int commands = 60;
        readModels.head(6);
        CompletableFuture<Void> slow = new CompletableFuture<>();
        readModels.onHead(slow::join);
        List<CompletableFuture<Answer>> answers = IntStream.range(0, commands)
                .mapToObj(i -> postAsync(RECEIPTS, RECEIPT))
                .toList();
        await().atMost(Duration.ofSeconds(10))
                .until(() -> backend.commands().size() == commands && readModels.headReads() > 0);
        readModels.head(7);
        slow.complete(null);

        assertThat(answers)
                .allSatisfy(answer -> assertThat(answer.join().status()).isEqualTo(202));
        // The one that was under way when the others were done, and one for all of them; one more may fall between.
        assertThat(readModels.headReads()).isBetween(2, 4);
        // Whoever was done after a read had begun does not get what that read.
        assertThat(answers.stream()
                        .filter(answer ->
                                !answer.join().header("X-Consistency-Token").equals("1.7"))
                        .count())
                .isLessThan(commands / 2);
    }

    @Test
    void areAnsweredAsSoonAsTheReadModelHasGotThere() {
        readModels.reached(41);
        CompletableFuture<Answer> asked = CompletableFuture.supplyAsync(
                () -> get("/api/products", "X-Consistency-Token", "1.42", "Prefer", "wait=20"));
        await().until(() -> !readModels.asked().isEmpty());
        assertThat(asked).isNotDone();
        assertThat(backend.queries()).isEmpty();

        readModels.reached(42);

        Answer answer = asked.join();
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.header("X-Consistency")).isEqualTo("reached");
        assertThat(answer.header("Preference-Applied")).isEqualTo("wait=20");
    }

    @Test
    void areAnsweredWithWhatThereIsWhenTheTimeIsOver() {
        readModels.reached(41);
        long start = System.nanoTime();
        Answer preferred = get("/api/products", "X-Consistency-Token", "1.42", "Prefer", "wait=1");
        Duration waited = Duration.ofNanos(System.nanoTime() - start);
        Answer unsaid = get("/api/products", "X-Consistency-Token", "1.42");

        assertThat(waited).isBetween(Duration.ofSeconds(1), Duration.ofSeconds(10));
        for (Answer answer : List.of(preferred, unsaid)) {
            assertThat(answer.status()).isEqualTo(200);
            assertThat(answer.header("X-Consistency")).isEqualTo("behind");
        }
        assertThat(readModels.asked().get(1).patienceMillis()).isBetween(100L, 300L);
    }

    @Test
    void areAnsweredWithWhatThereIsIfNobodyKnowsHowFarItIs() {
        readModels.broken(true);
        Answer answer = get("/api/products", "X-Consistency-Token", "1.42");

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.header("X-Consistency")).isEqualTo("behind");
    }

    @Test
    void areNotWaitedForWithoutAToken() {
        Answer answer = get("/api/products", "Prefer", "wait=1");

        assertThat(answer.response().headers().firstValue("X-Consistency")).isEmpty();
        assertThat(readModels.asked()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "/api/products, INVENTORY",
        "/api/inventory, INVENTORY",
        "/api/inventory/CUP-WHITE, INVENTORY",
        "/api/inventory/CUP-WHITE/movements, INVENTORY",
        "/api/orders, ORDERS",
        "/api/orders/{order}, ORDERS",
        "/api/orders/{order}/timeline, ORDERS",
        "/api/customers/customer-1/orders, ORDERS",
        "/api/reports/sales?by=day, ORDERS",
        "/api/payments/{payment}, ORDERS"
    })
    void waitForTheReadModelThatAnswersOnce(String path, ReadModel readModel) {
        backend.show(order);
        Answer answer = get(
                path.replace("{order}", order.orderId().toString())
                        .replace(
                                "{payment}", PaymentId.forOrder(order.orderId()).toString()),
                "X-Consistency-Token",
                "1.42");

        assertThat(answer.header("X-Consistency")).isEqualTo("reached");
        assertThat(readModels.asked())
                .singleElement()
                .extracting(FindReadModelProgress::readModel, FindReadModelProgress::position)
                .containsExactly(readModel, 42L);
    }

    @ParameterizedTest
    @ValueSource(strings = {"42", "1.", "1.x", "1.-2", "2.42", "1.9999999999999999999", "1.42 x", ""})
    void needATokenThatIsOne(String token) {
        Answer answer = get("/api/orders", "X-Consistency-Token", token).isProblem(ProblemType.INVALID_REQUEST);

        assertThat(answer.json().at("/errors/0/field").asString()).isEqualTo("X-Consistency-Token");
    }

    @Test
    void needOneToken() {
        get("/api/orders", "X-Consistency-Token", "1.1", "X-Consistency-Token", "1.2")
                .isProblem(ProblemType.INVALID_REQUEST);
    }

    @Test
    void needAPreferenceThatCanBe() {
        Answer answer = get("/api/orders", "X-Consistency-Token", "1.1", "Prefer", "wait=31")
                .isProblem(ProblemType.INVALID_REQUEST);

        assertThat(answer.json().at("/errors/0/field").asString()).isEqualTo("Prefer");
    }
}
