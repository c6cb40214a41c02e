package io.orderworkflow.payment.builtin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.orderworkflow.payment.PaymentDatabase;
import io.orderworkflow.payment.builtin.LedgerTable.Summary;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class BuiltInProviderServerIT {

    private static final String AMOUNT = "{\"amount\": \"19.90\", \"currency\": \"EUR\"}";

    private static PaymentDatabase database;

    private final HttpClient http = HttpClient.newHttpClient();
    private final UUID payment = UUID.randomUUID();

    private LedgerTable table;
    private Ledger ledger;
    private BuiltInProviderServer server;

    @BeforeAll
    static void createDatabase() {
        database = new PaymentDatabase();
    }

    @AfterAll
    static void closeDatabase() {
        database.close();
    }

    @BeforeEach
    void start() {
        table = new LedgerTable(database.jdbc());
        ledger = new Ledger(table, database.transactions(), Duration.ofMillis(2));
        server = new BuiltInProviderServer(ledger, table, new Cashier(Behaviour::byToken), 0);
    }

    @AfterEach
    void stop() {
        server.close();
        ledger.close();
    }

    @Test
    void authorizesAndCaptures() throws Exception {
        HttpResponse<String> authorized = authorize("tok_ok");
        HttpResponse<String> captured = capture();

        assertThat(authorized.statusCode()).isEqualTo(200);
        assertThat(json(authorized).get("reference").asString()).isNotBlank();
        assertThat(captured.statusCode()).isEqualTo(200);
        assertThat(json(captured).get("reference")).isEqualTo(json(authorized).get("reference"));
        assertThat(account().get("captured").get("amount").asString()).isEqualTo("19.90");
    }

    @ParameterizedTest
    @CsvSource({
        "tok_declined, declined",
        "tok_insufficient_funds, insufficient_funds",
        "tok_nobody_has_heard_of, unknown_token"
    })
    void declines(String token, String code) throws Exception {
        HttpResponse<String> declined = authorize(token);

        assertThat(declined.statusCode()).isEqualTo(402);
        assertThat(json(declined).get("code").asString()).isEqualTo(code);
        assertThat(json(declined).get("message").asString()).isNotBlank();
        assertThat(account().get("authorized").isNull()).isTrue();
    }

    @Test
    void turnsAwayTheFirstTwoCallsForAFlakyPayment() throws Exception {
        assertThat(authorize("tok_flaky").statusCode()).isEqualTo(503);
        assertThat(lookUp(key("authorization")).statusCode()).isEqualTo(404);
        assertThat(authorize("tok_flaky").statusCode()).isEqualTo(503);
        assertThat(authorize("tok_flaky").statusCode()).isEqualTo(200);
        assertThat(capture().statusCode()).isEqualTo(200);
    }

    @Test
    void losesTheAnswerToAnAuthorizationThatItCarriedOut() throws Exception {
        assertThatThrownBy(() -> authorizeImpatiently("tok_lost")).isInstanceOf(HttpTimeoutException.class);
        await().until(() -> lookUp(key("authorization")).statusCode() == 200);

        assertThat(account().get("authorized").get("amount").asString()).isEqualTo("19.90");
        assertThat(authorize("tok_lost").statusCode()).isEqualTo(200);
        assertThat(capture().statusCode()).isEqualTo(200);
    }

    @Test
    void neitherDoesNorSaysAnythingForASilentPayment() throws Exception {
        assertThatThrownBy(() -> authorizeImpatiently("tok_silent")).isInstanceOf(HttpTimeoutException.class);

        assertThat(lookUp(key("authorization")).statusCode()).isEqualTo(404);
        assertThat(account().get("authorized").isNull()).isTrue();
        assertThat(undo().statusCode()).isEqualTo(200);
    }

    @Test
    void refusesACapture() throws Exception {
        assertThat(authorize("tok_capture_fails").statusCode()).isEqualTo(200);

        HttpResponse<String> captured = capture();

        assertThat(captured.statusCode()).isEqualTo(402);
        assertThat(json(captured).get("code").asString()).isEqualTo("capture_failed");
        assertThat(account().get("captured").isNull()).isTrue();
    }

    @Test
    void refusesToGiveBackMoney() throws Exception {
        authorize("tok_refund_fails");
        capture();

        HttpResponse<String> undone = undo();

        assertThat(undone.statusCode()).isEqualTo(402);
        assertThat(json(undone).get("code").asString()).isEqualTo("refund_failed");
        assertThat(account().get("voided").asBoolean()).isFalse();
    }

    @Test
    void letsGoOfHeldMoney() throws Exception {
        authorize("tok_ok");

        HttpResponse<String> undone = undo();

        assertThat(undone.statusCode()).isEqualTo(200);
        assertThat(json(undone).get("refunded").isNull()).isTrue();
        assertThat(json(capture()).get("code").asString()).isEqualTo("voided");
    }

    @Test
    void givesBackTakenMoneyAndSaysHowMuch() throws Exception {
        authorize("tok_ok");
        capture();

        HttpResponse<String> undone = undo();
        HttpResponse<String> undoneUnderAnotherKey = post("voids", key("void-2"), "");

        assertThat(json(undone).get("refunded").get("amount").asString()).isEqualTo("19.90");
        assertThat(json(undone).get("refunded").get("currency").asString()).isEqualTo("EUR");
        assertThat(json(undoneUnderAnotherKey)).isEqualTo(json(undone));
        assertThat(refundsOf(payment)).isEqualTo(1);
    }

    @Test
    void givesBackParts() throws Exception {
        authorize("tok_ok");
        capture();

        assertThat(refund("a", "5.00").statusCode()).isEqualTo(200);
        assertThat(refund("b", "14.90").statusCode()).isEqualTo(200);

        assertThat(account().get("refunded").get("amount").asString()).isEqualTo("19.90");
        assertThat(account().get("voided").asBoolean()).isFalse();
        assertThat(refundsOf(payment)).isEqualTo(2);
    }

    @Test
    void givesBackAPartOnceForEachKey() throws Exception {
        authorize("tok_ok");
        capture();

        assertThat(refund("a", "5.00").statusCode()).isEqualTo(200);
        assertThat(refund("a", "5.00").statusCode()).isEqualTo(200);

        assertThat(lookUp(key("refund-a")).statusCode()).isEqualTo(200);
        assertThat(account().get("refunded").get("amount").asString()).isEqualTo("5.00");
        assertThat(refundsOf(payment)).isEqualTo(1);
    }

    @Test
    void givesBackNoMoreThanItTook() throws Exception {
        authorize("tok_ok");
        capture();
        refund("a", "5.00");

        HttpResponse<String> more = refund("b", "14.91");

        assertThat(more.statusCode()).isEqualTo(402);
        assertThat(json(more).get("code").asString()).isEqualTo("amount_not_left");
        assertThat(account().get("refunded").get("amount").asString()).isEqualTo("5.00");
        assertThat(table.summary().paymentsRefundedBeyondCapture()).isZero();
    }

    @Test
    void givesBackNoMoreThanItTookEvenIfAskedAtTheSameMomentUnderManyKeys() throws Exception {
        authorize("tok_ok");
        capture();

        List<CompletableFuture<HttpResponse<String>>> all = IntStream.range(0, 20)
                .mapToObj(number -> http.sendAsync(
                        request("refunds", key("refund-" + number), amountBody("5.00")), BodyHandlers.ofString()))
                .toList();
        for (CompletableFuture<HttpResponse<String>> one : all) {
            one.get();
        }

        assertThat(account().get("refunded").get("amount").asString()).isEqualTo("15.00");
        assertThat(table.summary().paymentsRefundedBeyondCapture()).isZero();
    }

    @Test
    void givesBackNothingOfWhatItHasNotTaken() throws Exception {
        authorize("tok_ok");

        assertThat(json(refund("a", "5.00")).get("code").asString()).isEqualTo("not_captured");
    }

    @Test
    void givesBackByAVoidWhatRefundsHaveLeft() throws Exception {
        authorize("tok_ok");
        capture();
        refund("a", "5.00");

        HttpResponse<String> undone = undo();

        assertThat(json(undone).get("refunded").get("amount").asString()).isEqualTo("19.90");
        assertThat(json(refund("b", "0.01")).get("code").asString()).isEqualTo("amount_not_left");
        assertThat(table.summary().paymentsRefundedBeyondCapture()).isZero();
    }

    @Test
    void hasNothingLeftToGiveBackByAVoidIfRefundsGaveBackEverything() throws Exception {
        authorize("tok_ok");
        capture();
        refund("a", "19.90");

        HttpResponse<String> undone = undo();

        assertThat(json(undone).get("refunded").get("amount").asString()).isEqualTo("19.90");
        assertThat(refundsOf(payment)).isEqualTo(1);
    }

    @Test
    void refusesToGiveBackAPart() throws Exception {
        authorize("tok_refund_fails");
        capture();

        HttpResponse<String> refused = refund("a", "5.00");

        assertThat(refused.statusCode()).isEqualTo(402);
        assertThat(json(refused).get("code").asString()).isEqualTo("refund_failed");
        assertThat(account().get("refunded").isNull()).isTrue();
    }

    @Test
    void tellsOfRefundsInItsSummary() throws Exception {
        long before = table.summary().refunds();
        authorize("tok_ok");
        capture();
        refund("a", "5.00");
        undo();

        assertThat(table.summary().refunds() - before).isEqualTo(2);
    }

    @Test
    void remembersTheVoidOfAPaymentItHasNeverHeardOf() throws Exception {
        assertThat(undo().statusCode()).isEqualTo(200);

        HttpResponse<String> authorized = authorize("tok_ok");

        assertThat(authorized.statusCode()).isEqualTo(402);
        assertThat(json(authorized).get("code").asString()).isEqualTo("voided");
    }

    @Test
    void answersARepetitionAsBeforeAndDoesItOnce() throws Exception {
        HttpResponse<String> first = authorize("tok_ok");
        HttpResponse<String> captured = capture();

        assertThat(authorize("tok_ok").body()).isEqualTo(first.body());
        assertThat(capture().body()).isEqualTo(captured.body());
        assertThat(json(lookUp(key("capture")))).isEqualTo(json(captured));
        assertThat(capturesOf(payment)).isEqualTo(1);
    }

    @Test
    void answersARepeatedRefusalAsBefore() throws Exception {
        HttpResponse<String> first = authorize("tok_declined");

        assertThat(authorize("tok_declined").body()).isEqualTo(first.body());
        assertThat(lookUp(key("authorization")).statusCode()).isEqualTo(402);
    }

    @Test
    void takesMoneyOnceEvenIfAskedAtTheSameMomentUnderManyKeys() throws Exception {
        authorize("tok_ok");
        Summary before = table.summary();

        List<CompletableFuture<HttpResponse<String>>> all = IntStream.range(0, 20)
                .mapToObj(number -> http.sendAsync(
                        request("captures", key("capture-" + number), amountBody()), BodyHandlers.ofString()))
                .toList();
        long done = 0;
        for (CompletableFuture<HttpResponse<String>> one : all) {
            done += one.get().statusCode() == 200 ? 1 : 0;
        }

        assertThat(done).isEqualTo(1);
        assertThat(capturesOf(payment)).isEqualTo(1);
        Summary after = table.summary();
        assertThat(after.doubleCaptureAttempts() - before.doubleCaptureAttempts())
                .isEqualTo(19);
        assertThat(after.paymentsCapturedTwice()).isZero();
    }

    @Test
    void writesWhatComesAtTheSameMomentInFewTransactions() throws Exception {
        List<CompletableFuture<HttpResponse<String>>> all = IntStream.range(0, 100)
                .mapToObj(number -> http.sendAsync(
                        requestFor(UUID.randomUUID(), "authorizations", "group-" + payment + number, body("tok_ok")),
                        BodyHandlers.ofString()))
                .toList();
        for (CompletableFuture<HttpResponse<String>> one : all) {
            assertThat(one.get().statusCode()).isEqualTo(200);
        }

        Long transactions = database.jdbc()
                .queryForObject(
                        "select count(distinct xmin::text) from built_in_provider_ledger where idempotency_key like ?",
                        Long.class,
                        "group-" + payment + "%");
        assertThat(transactions).isLessThan(50);
    }

    @Test
    void remembersEverythingAfterARestart() throws Exception {
        authorize("tok_ok");
        capture();
        stop();
        start();

        assertThat(capture().statusCode()).isEqualTo(200);
        assertThat(json(post("captures", key("another"), amountBody()))
                        .get("code")
                        .asString())
                .isEqualTo("already_captured");
        assertThat(capturesOf(payment)).isEqualTo(1);
    }

    @Test
    void refusesToTakeMoreThanIsHeld() throws Exception {
        authorize("tok_ok");

        HttpResponse<String> more =
                post("captures", key("more"), "{\"amount\": {\"amount\": \"19.91\", \"currency\": \"EUR\"}}");

        assertThat(json(more).get("code").asString()).isEqualTo("amount_not_held");
    }

    @Test
    void refusesAKeyThatWasUsedForSomethingElse() throws Exception {
        authorize("tok_ok");

        assertThat(post("captures", key("authorization"), amountBody()).statusCode())
                .isEqualTo(409);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "{", "[]", "{\"amount\": {\"amount\": \"-1.00\", \"currency\": \"EUR\"}}", "{\"amount\": 7}"
            })
    void refusesWhatItCannotUnderstand(String body) throws Exception {
        assertThat(post("captures", key("bad"), body).statusCode()).isEqualTo(400);
    }

    @Test
    void refusesARequestWithoutAKey() throws Exception {
        HttpRequest request = HttpRequest.newBuilder(server.uri().resolve("v1/payments/" + payment + "/voids"))
                .POST(BodyPublishers.noBody())
                .build();

        assertThat(http.send(request, BodyHandlers.ofString()).statusCode()).isEqualTo(400);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "v1", "v1/payments/7", "v1/operations/nobody-has-used-this", "v2/payments/7/voids"})
    void knowsNothingElse(String path) throws Exception {
        assertThat(get(path).statusCode()).isEqualTo(404);
    }

    @Test
    void listensOnThisMachineOnly() {
        assertThat(URI.create(server.uri().toString()).getHost()).isIn("127.0.0.1", "localhost");
    }

    private HttpResponse<String> authorize(String token) throws IOException, InterruptedException {
        return post("authorizations", key("authorization"), body(token));
    }

    private HttpResponse<String> authorizeImpatiently(String token) throws IOException, InterruptedException {
        HttpRequest request =
                requestFor(payment, "authorizations", key("authorization"), body(token), Duration.ofMillis(500));
        return http.send(request, BodyHandlers.ofString());
    }

    private HttpResponse<String> capture() throws IOException, InterruptedException {
        return post("captures", key("capture"), amountBody());
    }

    private HttpResponse<String> undo() throws IOException, InterruptedException {
        return post("voids", key("void"), "");
    }

    private HttpResponse<String> lookUp(String key) throws IOException, InterruptedException {
        return get("v1/operations/" + key);
    }

    private JsonNode account() throws IOException, InterruptedException {
        return json(get("v1/payments/" + payment));
    }

    private String key(String action) {
        return payment + "-" + action;
    }

    private static String body(String token) {
        return "{\"orderId\": \"any\", \"amount\": %s, \"method\": \"card\", \"token\": \"%s\"}"
                .formatted(AMOUNT, token);
    }

    private static String amountBody() {
        return "{\"amount\": " + AMOUNT + "}";
    }

    private static String amountBody(String amount) {
        return "{\"amount\": {\"amount\": \"%s\", \"currency\": \"EUR\"}}".formatted(amount);
    }

    private HttpResponse<String> refund(String key, String amount) throws IOException, InterruptedException {
        return post("refunds", key("refund-" + key), amountBody(amount));
    }

    private HttpResponse<String> post(String action, String key, String body) throws IOException, InterruptedException {
        return http.send(request(action, key, body), BodyHandlers.ofString());
    }

    private HttpRequest request(String action, String key, String body) {
        return requestFor(payment, action, key, body);
    }

    private HttpRequest requestFor(UUID paymentId, String action, String key, String body) {
        return requestFor(paymentId, action, key, body, Duration.ofSeconds(20));
    }

    private HttpRequest requestFor(UUID paymentId, String action, String key, String body, Duration timeLimit) {
        return HttpRequest.newBuilder(server.uri().resolve("v1/payments/" + paymentId + "/" + action))
                .header("Idempotency-Key", key)
                .timeout(timeLimit)
                .POST(BodyPublishers.ofString(body, StandardCharsets.UTF_8))
                .build();
    }

    private HttpResponse<String> get(String path) throws IOException, InterruptedException {
        return http.send(
                HttpRequest.newBuilder(server.uri().resolve("/" + path)).GET().build(), BodyHandlers.ofString());
    }

    private static JsonNode json(HttpResponse<String> response) {
        return JsonMapper.shared().readTree(response.body());
    }

    private static long capturesOf(UUID paymentId) {
        return count("action = 'CAPTURE' and refusal is null and payment_id = ?", paymentId);
    }

    private static long refundsOf(UUID paymentId) {
        return count(
                "action in ('VOID', 'REFUND') and refusal is null and amount is not null and payment_id = ?",
                paymentId);
    }

    private static long count(String condition, UUID paymentId) {
        Long count = database.jdbc()
                .queryForObject(
                        "select count(*) from built_in_provider_ledger where " + condition, Long.class, paymentId);
        return count == null ? 0 : count;
    }
}
