package io.orderworkflow.payment.provider;

import static io.orderworkflow.api.Amounts.eur;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.sun.net.httpserver.HttpServer;
import io.orderworkflow.api.OrderId;
import io.orderworkflow.api.PaymentId;
import io.orderworkflow.api.SampleOrder;
import io.orderworkflow.api.payment.ProviderRefusal;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What the client makes of the answers that a provider may give, good and bad. */
class HttpPaymentProviderTest {

    private static final OrderId ORDER = SampleOrder.orderId("a");
    private static final PaymentId PAYMENT = PaymentId.forOrder(ORDER);

    private HttpServer server;
    private HttpPaymentProvider provider;
    private volatile Answer answer = new Answer(200, "{}");
    private volatile Received received = new Received("", "", "", "");

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            received = new Received(
                    exchange.getRequestMethod(),
                    exchange.getRequestURI().getPath(),
                    String.valueOf(exchange.getRequestHeaders().getFirst("Idempotency-Key")),
                    body);
            Answer given = answer;
            if (given.status() == Answer.HANG_UP) {
                exchange.close();
            } else if (given.status() != Answer.SAY_NOTHING) {
                byte[] bytes = given.body().getBytes(StandardCharsets.UTF_8);
                exchange.sendResponseHeaders(given.status(), bytes.length);
                exchange.getResponseBody().write(bytes);
                exchange.close();
            }
        });
        server.start();
        provider = new HttpPaymentProvider(base(server.getAddress().getPort()), Duration.ofSeconds(20));
    }

    private static URI base(int port) {
        return URI.create("http://" + InetAddress.getLoopbackAddress().getHostAddress() + ":" + port + "/pay");
    }

    @AfterEach
    void stop() {
        provider.close();
        server.stop(0);
    }

    @Test
    void sendsAnAuthorization() throws Exception {
        answer = new Answer(200, "{\"reference\": \"r-1\"}");

        ProviderAnswer answered = result(authorize());

        assertThat(answered).isEqualTo(new ProviderAnswer.Done("r-1", null));
        assertThat(received.method()).isEqualTo("POST");
        assertThat(received.path()).isEqualTo("/pay/v1/payments/" + PAYMENT + "/authorizations");
        assertThat(received.key()).isEqualTo("key-1");
        JsonNode body = JsonMapper.shared().readTree(received.body());
        assertThat(body.get("orderId").asString()).isEqualTo(ORDER.toString());
        assertThat(body.get("amount").get("amount").asString()).isEqualTo("19.90");
        assertThat(body.get("amount").get("currency").asString()).isEqualTo("EUR");
        assertThat(body.get("method").asString()).isEqualTo("card");
        assertThat(body.get("token").asString()).isEqualTo("tok_ok");
    }

    @Test
    void sendsACapture() throws Exception {
        answer = new Answer(200, "{\"reference\": \"r-1\"}");

        result(provider.capture(new CaptureRequest("key-2", PAYMENT, eur("19.90"))));

        assertThat(received.path()).isEqualTo("/pay/v1/payments/" + PAYMENT + "/captures");
        assertThat(received.key()).isEqualTo("key-2");
    }

    @Test
    void sendsARefund() throws Exception {
        answer = new Answer(200, "{\"reference\": \"r-1\"}");

        result(provider.refund(new RefundRequest("key-4", PAYMENT, eur("5.00"))));

        assertThat(received.path()).isEqualTo("/pay/v1/payments/" + PAYMENT + "/refunds");
        assertThat(received.key()).isEqualTo("key-4");
        assertThat(received.body()).contains("\"amount\":\"5.00\"");
    }

    @Test
    void readsWhatAnUndoGaveBack() throws Exception {
        answer = new Answer(
                200, "{\"reference\": \"r-1\", \"refunded\": {\"amount\": \"19.90\", \"currency\": \"EUR\"}}");

        ProviderAnswer answered = result(provider.undo(new UndoRequest("key-3", PAYMENT)));

        assertThat(answered).isEqualTo(new ProviderAnswer.Done("r-1", eur("19.90")));
        assertThat(received.path()).isEqualTo("/pay/v1/payments/" + PAYMENT + "/voids");
    }

    @Test
    void readsARefusal() throws Exception {
        answer = new Answer(402, "{\"code\": \"declined\", \"message\": \"the card was declined\"}");

        assertThat(result(authorize()))
                .isEqualTo(new ProviderAnswer.Refused(new ProviderRefusal("declined", "the card was declined")));
    }

    @Test
    void looksUpWhatWasDoneAndWhatWasRefused() throws Exception {
        answer = new Answer(200, "{\"reference\": \"r-1\"}");
        assertThat(result(provider.lookUp("key-1"))).contains(new ProviderAnswer.Done("r-1", null));
        assertThat(received.method()).isEqualTo("GET");
        assertThat(received.path()).isEqualTo("/pay/v1/operations/key-1");

        answer = new Answer(402, "{\"code\": \"declined\", \"message\": \"no\"}");
        assertThat(result(provider.lookUp("key-1")))
                .contains(new ProviderAnswer.Refused(new ProviderRefusal("declined", "no")));
    }

    @Test
    void looksUpWhatWasNeverDone() throws Exception {
        answer = new Answer(404, "");

        assertThat(result(provider.lookUp("key-1"))).isEqualTo(Optional.empty());
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 401, 403, 404, 409, 429, 503})
    void isUnavailableIfNothingWasDone(int status) {
        answer = new Answer(status, "{\"code\": \"any\"}");

        assertThat(failure(authorize()))
                .isInstanceOf(ProviderUnavailableException.class)
                .hasMessageContaining(String.valueOf(status));
    }

    @ParameterizedTest
    @ValueSource(ints = {201, 302, 408, 500, 502, 504})
    void doesNotKnowWhatBecameOfItIfTheAnswerDoesNotSay(int status) {
        answer = new Answer(status, "{\"reference\": \"r-1\"}");

        assertThat(failure(authorize())).isNotInstanceOf(ProviderUnavailableException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "<html>all is well</html>", "{\"reference\": null}", "[]"})
    void doesNotKnowWhatBecameOfItIfTheAnswerMakesNoSense(String body) {
        answer = new Answer(200, body);

        assertThat(failure(authorize())).isNotInstanceOf(ProviderUnavailableException.class);
    }

    @Test
    void doesNotKnowWhatBecameOfItIfTheAnswerDoesNotCome() {
        answer = new Answer(Answer.SAY_NOTHING, "");

        try (HttpPaymentProvider impatient =
                new HttpPaymentProvider(base(server.getAddress().getPort()), Duration.ofMillis(300))) {
            assertThat(failure(impatient.undo(new UndoRequest("key-1", PAYMENT))))
                    .isInstanceOf(TimeoutException.class);
        }
    }

    @Test
    void doesNotKnowWhatBecameOfItIfTheConnectionIsLost() {
        answer = new Answer(Answer.HANG_UP, "");

        assertThat(failure(authorize()))
                .isInstanceOf(IOException.class)
                .hasMessage("the connection was lost before an answer came");
    }

    @Test
    void isUnavailableIfNobodyListens() throws IOException {
        int port;
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = free.getLocalPort();
        }
        try (HttpPaymentProvider nobody = new HttpPaymentProvider(base(port), Duration.ofSeconds(1))) {
            assertThat(failure(nobody.undo(new UndoRequest("key-1", PAYMENT))))
                    .isInstanceOf(ProviderUnavailableException.class);
        }
    }

    private CompletionStage<ProviderAnswer> authorize() {
        return provider.authorize(new AuthorizationRequest("key-1", PAYMENT, ORDER, eur("19.90"), "card", "tok_ok"));
    }

    private static <T> T result(CompletionStage<T> stage) throws ExecutionException, InterruptedException {
        return stage.toCompletableFuture().get();
    }

    private static Throwable failure(CompletionStage<?> stage) {
        Throwable thrown = catchThrowable(() -> result(stage));
        assertThat(thrown).isInstanceOf(ExecutionException.class).hasCauseInstanceOf(Throwable.class);
        return requireNonNull(thrown.getCause());
    }

    private record Received(String method, String path, String key, String body) {}

    private record Answer(int status, String body) {

        static final int HANG_UP = -1;
        static final int SAY_NOTHING = -2;
    }
}
