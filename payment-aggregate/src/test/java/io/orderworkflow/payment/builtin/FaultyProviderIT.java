package io.orderworkflow.payment.builtin;

import static io.orderworkflow.api.Amounts.eur;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.orderworkflow.api.OrderId;
import io.orderworkflow.api.PaymentId;
import io.orderworkflow.api.fault.SwitchFaultScenarioOff;
import io.orderworkflow.api.fault.SwitchFaultScenarioOn;
import io.orderworkflow.payment.PaymentDatabase;
import io.orderworkflow.payment.provider.AuthorizationRequest;
import io.orderworkflow.payment.provider.CaptureRequest;
import io.orderworkflow.payment.provider.HttpPaymentProvider;
import io.orderworkflow.payment.provider.ProviderAnswer;
import io.orderworkflow.payment.provider.ProviderUnavailableException;
import io.orderworkflow.payment.provider.RefundRequest;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.IntStream;
import org.axonframework.commandhandling.GenericCommandMessage;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What our client makes of the built-in provider with the scenarios that the program brings along. */
class FaultyProviderIT {

    private static PaymentDatabase database;

    private final Map<String, FaultScenario> scenarios = FaultFiles.scenarios(null);
    private Faults faults;
    private Ledger ledger;
    private BuiltInProviderServer server;
    private FaultyWire wire;
    private FaultTable table;
    private FaultWatch watch;
    private HttpPaymentProvider client;

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
        database.jdbc().execute("truncate fault_scenario, built_in_provider_ledger");
        faults = new Faults(FaultFiles.tokens(), scenarios, Clock.systemUTC());
        LedgerTable books = new LedgerTable(database.jdbc());
        ledger = new Ledger(books, database.transactions(), Duration.ofMillis(1));
        server = new BuiltInProviderServer(ledger, books, new Cashier(faults), this::skusOf, 0);
        wire = new FaultyWire(server.uri(), 0);
        table = new FaultTable(database.jdbc());
        watch = new FaultWatch(table, faults, wire);
        watch.start();
        client = new HttpPaymentProvider(wire.uri(), Duration.ofSeconds(2));
    }

    @AfterEach
    void stop() {
        client.close();
        watch.stop();
        wire.close();
        server.close();
        ledger.close();
    }

    private CompletionStage<Set<String>> skusOf(UUID paymentId, @Nullable String orderId) {
        return CompletableFuture.completedFuture(order(7).toString().equals(orderId) ? Set.of("KETTLE") : Set.of());
    }

    @Test
    void behavesAsUsualWhereNothingIsSwitchedOn() throws Exception {
        assertThat(authorize(1)).isInstanceOf(ProviderAnswer.Done.class);
    }

    @Test
    void declinesAShareOfPaymentsAndAlwaysTheSameOnes() throws Exception {
        switchOn("decline-some");
        List<Integer> declined = declinedOf(1, 200);

        assertThat(declined).hasSizeBetween(5, 40);
        database.jdbc().execute("truncate built_in_provider_ledger");
        assertThat(declinedOf(1, 200)).isEqualTo(declined);
    }

    private List<Integer> declinedOf(int first, int last) {
        return IntStream.rangeClosed(first, last)
                .filter(number -> {
                    try {
                        return authorize(number) instanceof ProviderAnswer.Refused;
                    } catch (Exception e) {
                        throw new IllegalStateException(e);
                    }
                })
                .boxed()
                .toList();
    }

    @Test
    void declinesByProduct() throws Exception {
        switchOn("decline-kettles");

        assertThat(authorize(6)).isInstanceOf(ProviderAnswer.Done.class);
        assertThat(authorize(7))
                .isInstanceOfSatisfying(
                        ProviderAnswer.Refused.class,
                        refused -> assertThat(refused.refusal().code()).isEqualTo("insufficient_funds"));
    }

    @Test
    void answersLate() throws Exception {
        switchOn("slow-token");
        CompletableFuture<ProviderAnswer> answer =
                client.authorize(request(1, "tok_slow")).toCompletableFuture();

        assertThatThrownBy(() -> answer.get(10, TimeUnit.SECONDS)).hasCauseInstanceOf(TimeoutException.class);
        assertThat(client.lookUp("1-authorization").toCompletableFuture().get(10, TimeUnit.SECONDS))
                .containsInstanceOf(ProviderAnswer.Done.class);
    }

    @Test
    void declinesWhatItDeclinesLateAsWell() throws Exception {
        switchOn("slow-bank");
        long before = System.nanoTime();

        try (HttpPaymentProvider patient = new HttpPaymentProvider(wire.uri(), Duration.ofSeconds(20))) {
            assertThat(patient.authorize(request(1, "tok_declined"))
                            .toCompletableFuture()
                            .get(20, TimeUnit.SECONDS))
                    .isInstanceOf(ProviderAnswer.Refused.class);
        }

        assertThat(Duration.ofNanos(System.nanoTime() - before)).isGreaterThan(Duration.ofMillis(450));
    }

    @Test
    void knowsATokenAsLongAsAScenarioNamesIt() throws Exception {
        ProviderAnswer unknown =
                client.authorize(request(1, "tok_slow")).toCompletableFuture().get(10, TimeUnit.SECONDS);

        assertThat(unknown)
                .isInstanceOfSatisfying(
                        ProviderAnswer.Refused.class,
                        refused -> assertThat(refused.refusal().code()).isEqualTo("unknown_token"));
    }

    @Test
    void losesAnswersOfWhatItDid() throws Exception {
        switchOn("lost-answers");
        int lost = IntStream.rangeClosed(1, 100)
                .filter(number -> {
                    CompletableFuture<ProviderAnswer> answer =
                            client.authorize(request(number, "tok_ok")).toCompletableFuture();
                    try {
                        answer.get(300, TimeUnit.MILLISECONDS);
                        return false;
                    } catch (TimeoutException e) {
                        return true;
                    } catch (InterruptedException | ExecutionException e) {
                        throw new IllegalStateException(e);
                    }
                })
                .findFirst()
                .orElseThrow();

        assertThat(client.lookUp(lost + "-authorization").toCompletableFuture().get(10, TimeUnit.SECONDS))
                .containsInstanceOf(ProviderAnswer.Done.class);
    }

    /** The second one comes over the same connection, where the client may by then have asked for something else. */
    @Test
    void saysAnswersTwiceAndTheClientTakesNoneForThatOfAnotherPayment() throws Exception {
        switchOn("double-answers");
        for (int round = 0; round < 20; round++) {
            int first = round * 20;
            List<CompletableFuture<ProviderAnswer>> answers = IntStream.range(first, first + 20)
                    .mapToObj(number ->
                            client.authorize(request(number, "tok_ok")).toCompletableFuture())
                    .toList();
            for (int number = 0; number < answers.size(); number++) {
                isItsOwnOrLost(answers.get(number), first + number);
            }
        }
        assertThat(database.jdbc().queryForObject("select count(*) from built_in_provider_ledger", Integer.class))
                .isEqualTo(400);
    }

    @Test
    void saysAnAnswerTwiceOverTheSameConnection() throws IOException {
        switchOn("double-answers");
        String request =
                "POST /v1/payments/%s/voids HTTP/1.1\r\nHost: x\r\nIdempotency-Key: raw\r\nContent-Length: 0\r\n\r\n"
                        .formatted(payment(1));
        try (Socket socket = new Socket(wire.uri().getHost(), wire.uri().getPort())) {
            socket.setSoTimeout(10_000);
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            WireAnswers answers = new WireAnswers(socket.getInputStream());

            byte[] first = Objects.requireNonNull(answers.next()).bytes();
            byte[] second = Objects.requireNonNull(answers.next()).bytes();

            assertThat(first).isEqualTo(second);
            assertThat(new String(first, StandardCharsets.US_ASCII))
                    .startsWith("HTTP/1.1 200")
                    .doesNotContain("X-Wire");
        }
    }

    /** A connection may be found broken in the middle of a call; an answer may not be another one's. */
    private static void isItsOwnOrLost(CompletableFuture<ProviderAnswer> answer, int number) throws Exception {
        try {
            assertThat(answer.get(10, TimeUnit.SECONDS))
                    .isInstanceOfSatisfying(
                            ProviderAnswer.Done.class,
                            done -> assertThat(done.reference()).isEqualTo("bip-" + payment(number)));
        } catch (ExecutionException e) {
            assertThat(e.getCause()).isInstanceOfAny(IOException.class, TimeoutException.class);
        }
    }

    @Test
    void givesMoneyBackAtTheThirdAttempt() throws Exception {
        authorize(1);
        client.capture(new CaptureRequest("1-capture", payment(1), eur("10.00")))
                .toCompletableFuture()
                .get(10, TimeUnit.SECONDS);
        switchOn("refund-fails-twice");

        assertThat(refund(1)).isInstanceOf(ProviderAnswer.Refused.class);
        assertThat(refund(2)).isInstanceOf(ProviderAnswer.Refused.class);
        assertThat(refund(3)).isInstanceOf(ProviderAnswer.Done.class);
    }

    private ProviderAnswer refund(int attempt) throws Exception {
        return client.refund(new RefundRequest("1-refund-" + attempt, payment(1), eur("4.00")))
                .toCompletableFuture()
                .get(10, TimeUnit.SECONDS);
    }

    @Test
    void refusesConnectionsAndAcceptsThemAgain() throws Exception {
        authorize(1);
        switchOn("out-of-reach");
        cannotBeReached();

        switchOff("out-of-reach");
        assertThat(authorize(2)).isInstanceOf(ProviderAnswer.Done.class);
    }

    @Test
    void isWithinReachAgainWhenTheTimeIsOver() {
        switchOn("out-of-reach");
        database.jdbc().update("update fault_scenario set switched_on_at = now() - interval '29.5 seconds'");
        watch.look();
        cannotBeReached();

        await().ignoreExceptions()
                .untilAsserted(() -> assertThat(authorize(1)).isInstanceOf(ProviderAnswer.Done.class));
    }

    @Test
    void resetsTheConnectionsOfAShareOfPayments() {
        switchOn("reset-connections");

        long reset = IntStream.rangeClosed(1, 100)
                .filter(number -> {
                    try {
                        authorize(number);
                        return false;
                    } catch (ExecutionException e) {
                        // Not unavailable: whether anything was done is not known.
                        assertThat(e.getCause()).isInstanceOf(IOException.class);
                        return true;
                    } catch (Exception e) {
                        throw new IllegalStateException(e);
                    }
                })
                .count();

        assertThat(reset).isBetween(10L, 45L);
        assertThat(database.jdbc().queryForObject("select count(*) from built_in_provider_ledger", Long.class))
                .isEqualTo(100 - reset);
    }

    @Test
    void doesWhatWasSwitchedOnInAnotherProcess() {
        try (PaymentDatabase theirs = database.toAnotherProcess();
                FaultyWire theirWire = new FaultyWire(server.uri(), 0)) {
            Faults theirFaults = new Faults(FaultFiles.tokens(), scenarios, Clock.systemUTC());
            FaultTable theirTable = new FaultTable(theirs.jdbc());
            FaultStudio studio =
                    new FaultStudio(theirFaults, theirTable, new FaultWatch(theirTable, theirFaults, theirWire));
            SwitchFaultScenarioOn command = new SwitchFaultScenarioOn("out-of-reach");
            studio.handle(command, new GenericCommandMessage<>(command));

            await().until(faults::outOfReach);
            cannotBeReached();
            studio.handle(new SwitchFaultScenarioOff("out-of-reach"));
            await().until(() -> !faults.outOfReach());
        }
    }

    /** A call that finds its connection ended in the middle cannot know yet. */
    private void cannotBeReached() {
        await().untilAsserted(() ->
                assertThatThrownBy(() -> authorize(1)).hasCauseInstanceOf(ProviderUnavailableException.class));
    }

    private void switchOn(String scenario) {
        assertThat(scenarios).containsKey(scenario);
        table.switchOn(scenario, "tester");
        watch.look();
    }

    private void switchOff(String scenario) {
        table.switchOff(scenario);
        watch.look();
    }

    private ProviderAnswer authorize(int number) throws Exception {
        return client.authorize(request(number, "tok_ok")).toCompletableFuture().get(10, TimeUnit.SECONDS);
    }

    private static AuthorizationRequest request(int number, String token) {
        return new AuthorizationRequest(
                number + "-authorization", payment(number), order(number), eur("10.00"), "card", token);
    }

    private static OrderId order(int number) {
        return OrderId.forIdempotencyKey("faulty-" + number);
    }

    private static PaymentId payment(int number) {
        return PaymentId.forOrder(order(number));
    }
}
