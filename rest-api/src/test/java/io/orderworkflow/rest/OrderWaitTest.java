package io.orderworkflow.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.orderworkflow.api.OrderId;
import io.orderworkflow.api.order.FindOrder;
import io.orderworkflow.api.order.OrderStatus;
import io.orderworkflow.api.order.PlaceOrder;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** {@code Prefer: wait=N} on an order. That nothing stays subscribed is checked after each test. */
class OrderWaitTest extends RestApiTest {

    private static final String KEY = "key-1";
    private static final OrderId ORDER_ID = OrderId.forIdempotencyKey(KEY);

    private Answer placeAndWait(String preference) {
        return post("/api/orders", OrderControllerTest.BODY, "Idempotency-Key", KEY, "Prefer", preference);
    }

    private void onPlaceOrder(java.util.function.Consumer<PlaceOrder> behaviour) {
        backend.onCommand(command -> {
            if (command instanceof PlaceOrder place) {
                behaviour.accept(place);
            }
        });
    }

    private static void isSettled(Answer answer, String status, int version) {
        assertThat(answer.status()).isEqualTo(201);
        assertThat(answer.header("Location")).isEqualTo("/api/orders/" + ORDER_ID);
        assertThat(answer.header("ETag")).isEqualTo("\"" + version + "\"");
        assertThat(answer.json().path("orderId").asString()).isEqualTo(ORDER_ID.toString());
        assertThat(answer.json().path("status").asString()).isEqualTo(status);
        assertThat(answer.json().path("total").toString()).isEqualTo("{\"amount\":\"19.80\",\"currency\":\"EUR\"}");
    }

    @Test
    void answersWithTheOrderThatIsSettledBeforeItsPlacingIsAnswered() {
        onPlaceOrder(order -> {
            backend.show(StubBackend.view(order, OrderStatus.PLACED, 0));
            backend.show(StubBackend.view(order, OrderStatus.CONFIRMED, 4));
        });
        Answer answer = placeAndWait("wait=10");

        isSettled(answer, "CONFIRMED", 4);
        assertThat(answer.header("Preference-Applied")).isEqualTo("wait=10");
    }

    @Test
    void answersAsSoonAsTheOrderIsSettled() {
        onPlaceOrder(order -> CompletableFuture.delayedExecutor(300, TimeUnit.MILLISECONDS)
                .execute(() -> {
                    backend.show(StubBackend.view(order, OrderStatus.RESERVED, 1));
                    backend.show(StubBackend.view(order, OrderStatus.REJECTED, 2));
                }));
        long start = System.nanoTime();
        Answer answer = placeAndWait("wait=30");

        isSettled(answer, "REJECTED", 2);
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(15));
    }

    @Test
    void seesThatTheOrderIsSettledThoughNoUpdateSaysSo() {
        onPlaceOrder(order -> CompletableFuture.delayedExecutor(300, TimeUnit.MILLISECONDS)
                .execute(() -> backend.showUntold(StubBackend.view(order, OrderStatus.CONFIRMED, 4))));

        isSettled(placeAndWait("wait=30"), "CONFIRMED", 4);
    }

    @Test
    void answersThatTheOrderIsAcceptedWhenTheTimeIsOver() {
        onPlaceOrder(order -> backend.show(StubBackend.view(order, OrderStatus.RESERVED, 1)));
        long start = System.nanoTime();
        Answer answer = placeAndWait("wait=1");

        assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThan(Duration.ofSeconds(1));
        assertThat(answer.status()).isEqualTo(202);
        assertThat(answer.header("Location")).isEqualTo("/api/orders/" + ORDER_ID);
        assertThat(answer.header("Preference-Applied")).isEqualTo("wait=1");
        assertThat(answer.json().toString())
                .isEqualTo("{\"orderId\":\"%s\",\"status\":\"PLACED\"}".formatted(ORDER_ID));
    }

    @Test
    void answersARepeatOfASettledOrderAtOnce() {
        onPlaceOrder(order -> backend.show(StubBackend.view(order, OrderStatus.CONFIRMED, 4)));
        placeAndWait("wait=10");
        onPlaceOrder(order -> {});

        isSettled(placeAndWait("wait=30"), "CONFIRMED", 4);
    }

    @Test
    void followsTheOrderFromBeforeItIsPlaced() {
        onPlaceOrder(order -> assertThat(queryBus.queryUpdateEmitter().activeSubscriptions())
                .singleElement()
                .extracting(subscription -> subscription.getPayload())
                .isEqualTo(new FindOrder(ORDER_ID)));
        assertThat(placeAndWait("wait=1").status()).isEqualTo(202);
    }

    @Test
    void doesNotWaitForAnOrderThatIsRefused() {
        post("/api/orders", OrderControllerTest.BODY, "Idempotency-Key", KEY);
        Answer answer = post(
                "/api/orders",
                OrderControllerTest.BODY.replace("tok_ok", "tok_flaky"),
                "Idempotency-Key",
                KEY,
                "Prefer",
                "wait=30");

        answer.isProblem(ProblemType.IDEMPOTENCY_KEY_REUSED);
    }

    @Test
    void saysThatTheOrderIsAcceptedEvenIfItCannotBeFollowed() {
        backend.onQuery(query -> {
            if (query instanceof FindOrder) {
                throw new IllegalStateException("no view today");
            }
        });

        assertThat(placeAndWait("wait=10").status()).isEqualTo(202);
    }

    @Test
    void holdsNoThreadWhileItWaits() {
        int waiting = 250; // more than the server has threads
        @SuppressWarnings({"unchecked", "rawtypes"})
        CompletableFuture<Answer>[] answers = new CompletableFuture[waiting];
        for (int i = 0; i < waiting; i++) {
            answers[i] = postAsync(
                    "/api/orders", OrderControllerTest.BODY, "Idempotency-Key", "wait-" + i, "Prefer", "wait=30");
        }
        await().atMost(Duration.ofSeconds(20))
                .until(() -> queryBus.queryUpdateEmitter().activeSubscriptions().size() == waiting);

        assertThat(get("/api/products").status()).isEqualTo(200);

        backend.commands().stream()
                .filter(PlaceOrder.class::isInstance)
                .map(PlaceOrder.class::cast)
                .forEach(order -> backend.show(StubBackend.view(order, OrderStatus.CONFIRMED, 1)));
        assertThat(answers)
                .allSatisfy(answer -> assertThat(answer.join().status()).isEqualTo(201));
    }

    @Test
    void passesOverOtherPreferences() {
        onPlaceOrder(order -> backend.show(StubBackend.view(order, OrderStatus.CONFIRMED, 4)));

        isSettled(placeAndWait("respond-async, handling=lenient; foo=\"a b\", WAIT = \"5\""), "CONFIRMED", 4);
        assertThat(placeAndWait("respond-async").status()).isEqualTo(202);
    }

    @Test
    void readsPreferencesOfSeveralHeaders() {
        onPlaceOrder(order -> backend.show(StubBackend.view(order, OrderStatus.CONFIRMED, 4)));
        Answer answer = post(
                "/api/orders",
                OrderControllerTest.BODY,
                "Idempotency-Key",
                KEY,
                "Prefer",
                "respond-async",
                "Prefer",
                "wait=5");

        isSettled(answer, "CONFIRMED", 4);
    }
}
