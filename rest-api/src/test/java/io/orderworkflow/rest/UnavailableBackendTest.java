package io.orderworkflow.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.axoniq.axonserver.connector.AxonServerException;
import io.axoniq.axonserver.connector.ErrorCategory;
import io.grpc.Status;
import io.orderworkflow.api.inventory.FindProductsBySku;
import io.orderworkflow.api.order.PlaceOrder;
import io.orderworkflow.platform.Unavailable;
import java.net.http.HttpRequest.BodyPublishers;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.axonframework.commandhandling.CommandExecutionException;
import org.axonframework.commandhandling.NoHandlerForCommandException;
import org.axonframework.commandhandling.SimpleCommandBus;
import org.axonframework.common.Registration;
import org.axonframework.messaging.Message;
import org.axonframework.modelling.command.ConcurrencyException;
import org.axonframework.queryhandling.NoHandlerForQueryException;
import org.axonframework.queryhandling.QueryExecutionException;
import org.axonframework.queryhandling.QueryGateway;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.transaction.CannotCreateTransactionException;

/** What clients are told when the rest of the system fails. */
class UnavailableBackendTest extends RestApiTest {

    private static final String RECEIPTS = "/api/inventory/CUP-WHITE/receipts";

    @Autowired
    SimpleCommandBus commandBus;

    @Autowired
    QueryGateway queryGateway;

    private final CountDownLatch hanging = new CountDownLatch(1);

    @AfterEach
    void letGo() {
        hanging.countDown();
    }

    private void hang(Object message) {
        try {
            hanging.await();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private static Consumer<Object> fails(RuntimeException failure) {
        return message -> {
            throw failure;
        };
    }

    private Answer place() {
        return post("/api/orders", OrderControllerTest.BODY, "Idempotency-Key", "key-1");
    }

    private static void canBeAskedAgain(Answer answer) {
        answer.isProblem(ProblemType.UNAVAILABLE);
        assertThat(answer.header("Retry-After")).isEqualTo("1");
    }

    private static void cannotBeAskedAgainBlindly(Answer answer) {
        answer.isProblem(ProblemType.OUTCOME_UNKNOWN);
        assertThat(answer.header("Retry-After")).isEmpty();
    }

    static Stream<RuntimeException> certainlyNotDone() {
        return Stream.of(
                new NoHandlerForCommandException("nobody there"),
                new NoHandlerForQueryException("nobody there"),
                new ConcurrencyException("somebody else was first"),
                new CannotCreateTransactionException("no connection"),
                new CommandExecutionException("told by another process", null, Unavailable.NOTHING_DONE));
    }

    static Stream<RuntimeException> possiblyDone() {
        return Stream.of(
                new AxonServerException(ErrorCategory.COMMAND_DISPATCH_ERROR, "connection lost", "client"),
                new IllegalStateException(Status.UNAVAILABLE.asRuntimeException()),
                new DataAccessResourceFailureException("connection reset"),
                new QueryExecutionException("told by another process", null, Unavailable.OUTCOME_UNKNOWN),
                new IllegalStateException(new SQLTransientConnectionException("pool empty")),
                new IllegalStateException(new SQLException("shutting down", "57P01")),
                new IllegalStateException(new SQLException("connection failure", "08006")),
                new IllegalStateException(new java.util.concurrent.TimeoutException("too slow")));
    }

    static Stream<RuntimeException> broken() {
        return Stream.of(
                new IllegalStateException("java.lang.Secret at line 17"),
                new NullPointerException(),
                new CommandExecutionException("a handler failed", null),
                new IllegalStateException(new SQLException("duplicate key", "23505")));
    }

    @ParameterizedTest
    @MethodSource({"certainlyNotDone", "possiblyDone"})
    void anOrderCanBeAskedForAgain(RuntimeException failure) {
        backend.onCommand(fails(failure));

        canBeAskedAgain(place());
    }

    @ParameterizedTest
    @MethodSource({"certainlyNotDone", "possiblyDone"})
    void aQueryCanBeAskedAgain(RuntimeException failure) {
        backend.onQuery(fails(failure));

        canBeAskedAgain(get("/api/products"));
        canBeAskedAgain(place());
        assertThat(backend.commands()).isEmpty();
    }

    @ParameterizedTest
    @MethodSource({"certainlyNotDone", "possiblyDone"})
    void aProductCanBeStatedAgain(RuntimeException failure) {
        backend.onCommand(fails(failure));

        canBeAskedAgain(
                put("/api/products/MUG", "{\"name\": \"x\", \"price\": {\"amount\": \"1\", \"currency\": \"EUR\"}}"));
        canBeAskedAgain(put("/api/inventory/CUP-WHITE/reorder-point", "{\"quantity\": 1}"));
    }

    @ParameterizedTest
    @MethodSource("certainlyNotDone")
    void goodsCanBeReceivedAgainIfTheyWereCertainlyNotReceived(RuntimeException failure) {
        backend.onCommand(fails(failure));

        canBeAskedAgain(post(RECEIPTS, "{\"quantity\": 1}"));
    }

    @ParameterizedTest
    @MethodSource("possiblyDone")
    void goodsMustNotBeReceivedTwice(RuntimeException failure) {
        backend.onCommand(fails(failure));

        cannotBeAskedAgainBlindly(post(RECEIPTS, "{\"quantity\": 1}"));
        cannotBeAskedAgainBlindly(
                post("/api/inventory/CUP-WHITE/adjustments", "{\"delta\": 1, \"reason\": \"found\"}"));
    }

    @ParameterizedTest
    @MethodSource("broken")
    void tellsNothingOfWhatBroke(RuntimeException failure) {
        backend.onCommand(fails(failure));
        Answer answer = place().isProblem(ProblemType.INTERNAL_ERROR);

        assertThat(answer.body()).doesNotContain("Secret", "handler failed", "duplicate");
        assertThat(answer.header("Retry-After")).isEmpty();
    }

    @Test
    void tellsNothingOfWhatBrokeInAQuery() {
        backend.onQuery(fails(new IllegalStateException("java.lang.Secret")));

        get("/api/products").isProblem(ProblemType.INTERNAL_ERROR);
        get("/api/orders/00000000-0000-0000-0000-000000000000").isProblem(ProblemType.INTERNAL_ERROR);
    }

    @Test
    void anythingCanBeAskedAgainThatCouldNotBeHandedOver() {
        try (Registration commandsStay = commandBus.registerDispatchInterceptor(UnavailableBackendTest::stay);
                Registration queriesStay = queryGateway.registerDispatchInterceptor(UnavailableBackendTest::stay)) {
            assertThat(commandsStay).isNotNull();
            assertThat(queriesStay).isNotNull();
            canBeAskedAgain(place());
            canBeAskedAgain(get("/api/products"));
            canBeAskedAgain(get("/api/orders/00000000-0000-0000-0000-000000000000"));
            canBeAskedAgain(post(RECEIPTS, "{\"quantity\": 1}"));
            // followed before the command is sent
            canBeAskedAgain(put(
                    "/api/products/MUG", "{\"name\": \"x\", \"price\": {\"amount\": \"1\", \"currency\": \"EUR\"}}"));
        }
        assertThat(backend.commands()).isEmpty();
    }

    private static <M extends Message<?>> BiFunction<Integer, M, M> stay(List<? extends M> messages) {
        throw new IllegalStateException("Stream is already completed, no further calls are allowed");
    }

    @Test
    void waitsForNoCommandForEver() {
        backend.onCommand(this::hang);
        long start = System.nanoTime();

        canBeAskedAgain(place());
        cannotBeAskedAgainBlindly(post(RECEIPTS, "{\"quantity\": 1}"));
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(8));
    }

    @Test
    void waitsForNoQueryForEver() {
        backend.onQuery(this::hang);

        canBeAskedAgain(get("/api/products"));
    }

    @Test
    void waitsForNoOrderThatCannotBePlaced() {
        backend.onCommand(this::hang);

        canBeAskedAgain(post("/api/orders", OrderControllerTest.BODY, "Idempotency-Key", "key-1", "Prefer", "wait=30"));
    }

    @Test
    void doesNotSendWhatItsClientWasToldHasFailed() {
        backend.onQuery(this::hang);
        List<CompletableFuture<Answer>> many = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            many.add(postAsync("/api/orders", OrderControllerTest.BODY, "Idempotency-Key", "key-" + i));
        }
        many.forEach(answer -> canBeAskedAgain(answer.join()));
        long begun = backend.queries().size();
        hanging.countDown();

        await().during(Duration.ofMillis(300)).until(() -> backend.queries().size() == begun);
        assertThat(backend.queries()).allMatch(FindProductsBySku.class::isInstance);
        assertThat(backend.commands()).noneMatch(PlaceOrder.class::isInstance);
    }

    @Test
    void staysAnswerableWhileEverythingBehindItHangs() {
        backend.onQuery(this::hang);
        List<CompletableFuture<Answer>> many = new ArrayList<>();
        for (int i = 0; i < 250; i++) {
            many.add(postAsync("/api/orders", OrderControllerTest.BODY, "Idempotency-Key", "key-" + i));
        }

        assertThat(send("GET", "/problems", BodyPublishers.noBody()).status()).isEqualTo(200);
        many.forEach(answer -> canBeAskedAgain(answer.join()));
    }
}
