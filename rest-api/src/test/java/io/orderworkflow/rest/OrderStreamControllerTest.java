package io.orderworkflow.rest;

import static io.orderworkflow.api.SampleOrder.anOrder;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.orderworkflow.api.OrderId;
import io.orderworkflow.api.SampleOrder;
import io.orderworkflow.api.order.OrderStatus;
import io.orderworkflow.api.order.OrderView;
import io.orderworkflow.platform.web.EventSource;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** Streams over real HTTP. That none is left open is checked after each test. */
class OrderStreamControllerTest extends RestApiTest {

    private static final AtomicInteger ORDERS = new AtomicInteger();
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final int MOST = 20;

    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final List<AutoCloseable> clients = new ArrayList<>();

    @Autowired
    private OrderStreams streams;

    @BeforeEach
    void countStreams() {
        streams.bindTo(meters);
        awaitOpen(0);
    }

    @AfterEach
    void leavesNoStreamBehind() throws Exception {
        for (AutoCloseable client : clients) {
            client.close();
        }
        awaitOpen(0);
    }

    private void awaitOpen(int number) {
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(meters.get("order.workflow.streams.open")
                                .gauge()
                                .value())
                        .isEqualTo(number));
    }

    private EventSource open(String path, String... headers) {
        EventSource source = EventSource.open(URI.create("http://localhost:" + port + path), headers);
        clients.add(source);
        return source;
    }

    private OrderView isPlaced() {
        return becomes(
                anOrder().withKey("stream-" + ORDERS.incrementAndGet()).of("CUP-WHITE", 1), OrderStatus.PLACED, 1);
    }

    private OrderView becomes(SampleOrder order, OrderStatus status, long version) {
        OrderView view = StubBackend.view(order.place(), status, version);
        backend.show(view);
        readModels.changes(view);
        return view;
    }

    private OrderView becomes(OrderView order, OrderStatus status) {
        OrderView view = new OrderView(
                order.orderId(),
                order.customerId(),
                status,
                null,
                order.lines(),
                order.total(),
                null,
                null,
                null,
                order.shippingAddress(),
                order.placedAt(),
                null,
                order.version() + 1);
        backend.show(view);
        readModels.changes(view);
        return view;
    }

    private void hasTold(EventSource source, OrderView... orders) {
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(source.events())
                        .extracting(EventSource.Event::data)
                        .containsExactly(List.of(orders).stream()
                                .map(order -> StrictJson.mapper().writeValueAsString(order))
                                .toArray(String[]::new)));
    }

    @Test
    void tellEveryOrderThatChangesAsItsAddressShowsIt() {
        EventSource source = open("/api/orders/stream");
        OrderView order = isPlaced();

        hasTold(source, order);
        EventSource.Event event = source.events().get(0);
        assertThat(event.type()).isEqualTo("order");
        assertThat(event.id()).isEqualTo(Long.toString(readModels.last()));
        assertThat(event.data()).isEqualTo(get("/api/orders/" + order.orderId()).body());
        assertThat(source.status()).isEqualTo(200);
        assertThat(source.header("Content-Type")).startsWith("text/event-stream");
        assertThat(source.header("Cache-Control")).isEqualTo("no-store");
        assertThat(source.header("X-Correlation-ID")).isNotBlank();
    }

    @Test
    void tellAnOrderAsItIsAndThenWhatBecomesOfIt() {
        OrderView order = isPlaced();
        EventSource source = open("/api/orders/" + order.orderId() + "/stream");
        hasTold(source, order);
        isPlaced();

        OrderView reserved = becomes(order, OrderStatus.RESERVED);
        hasTold(source, order, reserved);
        OrderView confirmed = becomes(reserved, OrderStatus.CONFIRMED);

        hasTold(source, order, reserved, confirmed);
        assertThat(source.lastEventId()).isEqualTo(Long.toString(readModels.last()));
    }

    @Test
    void goOnAfterTheLastEventThatTheClientHasGot() {
        OrderView first = isPlaced();
        long last = readModels.last();
        OrderView second = isPlaced();
        OrderView third = isPlaced();

        EventSource byHeader =
                open("/api/orders/stream?lastEventId=" + (last + 1), "Last-Event-ID", Long.toString(last));
        EventSource byParameter = open("/api/orders/stream?lastEventId=" + (last + 1));
        hasTold(byHeader, second, third);
        hasTold(byParameter, third);
        OrderView changed = becomes(first, OrderStatus.RESERVED);

        hasTold(byHeader, second, third, changed);
        hasTold(byParameter, third, changed);
    }

    @Test
    void goOnFromWhereTheyWereOpenedEvenIfNothingWasTold() {
        EventSource broken = open("/api/orders/stream");
        await().atMost(PATIENCE).until(() -> broken.comments() > 0);
        broken.close();
        OrderView missed = isPlaced();

        hasTold(open("/api/orders/stream", "Last-Event-ID", broken.lastEventId()), missed);
    }

    @Test
    void tellEverythingThatWasMissedHoweverMuch() {
        long last = readModels.last();
        List<OrderView> missed = new ArrayList<>();
        for (int i = 0; i < 350; i++) {
            missed.add(isPlaced());
        }

        hasTold(open("/api/orders/stream", "Last-Event-ID", Long.toString(last)), missed.toArray(OrderView[]::new));
    }

    @Test
    void tellAClientThatWasAwayForTooLongToLoadAnew() {
        isPlaced();
        readModels.forgets(readModels.last());
        isPlaced();
        long last = readModels.last();

        for (String unknown : List.of("0", "999999999999")) {
            EventSource source = open("/api/orders/stream", "Last-Event-ID", unknown);
            await().atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(source.events()).first().satisfies(event -> {
                        assertThat(event.type()).isEqualTo("reset");
                        assertThat(Long.parseLong(event.id())).isGreaterThanOrEqualTo(last);
                    }));
            OrderView next = isPlaced();
            await().atMost(PATIENCE).until(() -> source.events().size() == 2);
            assertThat(source.events().get(1).data()).contains(next.orderId().toString());
        }
    }

    @Test
    void areOpenedForNoOrderThatThereIsNot() {
        OrderId unknown = OrderId.forIdempotencyKey("nobody placed this");

        get("/api/orders/" + unknown + "/stream").isProblem(ProblemType.UNKNOWN_RESOURCE);
        get("/api/orders/" + unknown + "/stream", "Accept", "text/event-stream")
                .isProblem(ProblemType.UNKNOWN_RESOURCE);
    }

    @Test
    void areOpenedAfterNoEventThatCannotBe() {
        OrderView order = isPlaced();
        for (String path : List.of("/api/orders/stream", "/api/orders/" + order.orderId() + "/stream")) {
            for (String id : List.of("x", "-1", "1.5", "99999999999999999999", "")) {
                Answer answer = get(path, "Last-Event-ID", id).isProblem(ProblemType.INVALID_REQUEST);
                assertThat(answer.json().at("/errors/0/field").asString()).isEqualTo("Last-Event-ID");
            }
            Answer answer = get(path + "?lastEventId=x").isProblem(ProblemType.INVALID_REQUEST);
            assertThat(answer.json().at("/errors/0/field").asString()).isEqualTo("lastEventId");
        }
        get("/api/orders/x/stream").isProblem(ProblemType.INVALID_REQUEST);
    }

    @Test
    void areEventsOnly() {
        assertThat(get("/api/orders/stream", "Accept", "application/xml").status())
                .isEqualTo(406);
    }

    @Test
    void answerWhatTheyWouldBeWithoutBeingOpened() {
        Answer answer = send("HEAD", "/api/orders/stream", java.net.http.HttpRequest.BodyPublishers.noBody());

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.header("Content-Type")).startsWith("text/event-stream");
    }

    @Test
    void beatWhileNothingHappens() {
        EventSource source = open("/api/orders/stream");

        await().atMost(PATIENCE).until(() -> source.comments() > 2);
        assertThat(source.events()).isEmpty();
    }

    @Test
    void areNotOpenedWithoutLimit() {
        EventSource open = open("/api/orders/stream");
        for (int i = 1; i < MOST; i++) {
            open("/api/orders/stream");
        }
        awaitOpen(MOST);

        Answer answer = get("/api/orders/stream").isProblem(ProblemType.TOO_MANY_STREAMS);
        assertThat(answer.header("Retry-After")).isEqualTo("5");
        OrderView order = isPlaced();
        assertThat(get("/api/orders/" + order.orderId()).status()).isEqualTo(200);

        open.close();
        awaitOpen(MOST - 1);
        assertThat(open("/api/orders/stream").status()).isEqualTo(200);
    }

    @Test
    void goOnWhenWhatTheyAreReadFromIsBack() {
        EventSource source = open("/api/orders/stream");
        readModels.broken(true);
        OrderView missed = isPlaced();
        await().pollDelay(Duration.ofMillis(300)).until(() -> source.events().isEmpty());
        readModels.broken(false);

        hasTold(source, missed);
    }

    @Test
    void areNotHeldUpByAClientThatNeverReads() throws IOException {
        EventSource quick = open("/api/orders/stream");
        try (Socket deaf = new Socket()) {
            deaf.setReceiveBufferSize(4096);
            deaf.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            deaf.getOutputStream()
                    .write(String.join(
                                    "\r\n",
                                    "GET /api/orders/stream HTTP/1.1",
                                    "Host: localhost",
                                    "Accept: text/event-stream",
                                    "",
                                    "")
                            .getBytes(StandardCharsets.US_ASCII));
            awaitOpen(2);

            int told = 0;
            // More than what the connection's own buffers take.
            for (int round = 0; round < 40; round++) {
                for (int i = 0; i < 200; i++) {
                    isPlaced();
                    told++;
                }
                int expected = told;
                await().atMost(PATIENCE).until(() -> quick.events().size() == expected);
            }
            assertThat(get("/api/products").status()).isEqualTo(200);

            // Given up by the server in the end.
            awaitOpen(1);
        }
    }
}
