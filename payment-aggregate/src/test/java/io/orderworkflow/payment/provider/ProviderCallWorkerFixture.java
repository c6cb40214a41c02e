package io.orderworkflow.payment.provider;

import static io.orderworkflow.api.Amounts.eur;
import static org.assertj.core.api.Assertions.assertThat;

import io.orderworkflow.api.Money;
import io.orderworkflow.api.OrderId;
import io.orderworkflow.api.PaymentId;
import io.orderworkflow.api.RefundId;
import io.orderworkflow.api.SampleOrder;
import io.orderworkflow.api.payment.CaptureRequested;
import io.orderworkflow.api.payment.PaymentCommand;
import io.orderworkflow.api.payment.PaymentRequested;
import io.orderworkflow.api.payment.ProviderAttempt;
import io.orderworkflow.api.payment.ProviderAttempt.Outcome;
import io.orderworkflow.api.payment.RefundRequested;
import io.orderworkflow.api.payment.VoidRequested;
import io.orderworkflow.payment.PaymentDatabase;
import io.orderworkflow.payment.PaymentProperties;
import io.orderworkflow.payment.builtin.RunningBuiltInProvider;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.axonframework.commandhandling.gateway.CommandGateway;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;

/** Workers against a real database and, but where timing matters, the real built-in provider. */
abstract class ProviderCallWorkerFixture {

    static final Money AMOUNT = eur("19.90");

    /** Long enough for any answer that does come, on whatever machine. */
    static final Duration PATIENT = Duration.ofSeconds(20);

    /** For answers that do not come. */
    static final Duration IMPATIENT = Duration.ofMillis(500);

    static final Duration POLL_INTERVAL = Duration.ofMillis(100);

    static final PaymentProperties.Circuit CIRCUIT = new PaymentProperties.Circuit(80, 100, 20, Duration.ofMillis(300));

    static final Duration SOON = Duration.ofSeconds(30);
    static PaymentDatabase database;
    private final List<AutoCloseable> toClose = new ArrayList<>();
    final RecordingPayments payments = new RecordingPayments();
    final ScriptedProvider scripted = new ScriptedProvider();
    PaymentEventStream events;
    RunningBuiltInProvider builtIn;

    @BeforeAll
    static void createDatabase() {
        database = new PaymentDatabase();
    }

    @AfterAll
    static void closeDatabase() {
        database.close();
    }

    @BeforeEach
    void startProvider() {
        database.clear();
        events = new PaymentEventStream(database);
        builtIn = closedAtTheEnd(new RunningBuiltInProvider(database));
    }

    @AfterEach
    void closeAll() throws Exception {
        scripted.close();
        for (int last = toClose.size() - 1; last >= 0; last--) {
            toClose.get(last).close();
        }
    }

    // What happens to an order.

    static OrderId order(String key) {
        return SampleOrder.orderId(key);
    }

    static PaymentId paymentOf(OrderId order) {
        return PaymentId.forOrder(order);
    }

    static PaymentRequested requested(OrderId order, String token) {
        return new PaymentRequested(paymentOf(order), order, AMOUNT, "card", token);
    }

    static CaptureRequested captureRequested(OrderId order) {
        return new CaptureRequested(paymentOf(order), order, AMOUNT);
    }

    static RefundId refundId(OrderId order, String key) {
        return RefundId.forIdempotencyKey(order, key);
    }

    static RefundRequested refundRequested(OrderId order, String key, String amount, int attempt) {
        return new RefundRequested(paymentOf(order), order, refundId(order, key), eur(amount), attempt);
    }

    static VoidRequested voidRequested(OrderId order) {
        return new VoidRequested(paymentOf(order), order, AMOUNT);
    }

    // Workers.

    ProviderCallWorker worker() {
        return workerWith(httpProvider());
    }

    ProviderCallWorker impatientWorker() {
        return workerWith(httpProvider(IMPATIENT), settings(256, IMPATIENT, POLL_INTERVAL));
    }

    ProviderCallWorker workerWith(PaymentProvider provider) {
        return workerWith(provider, settings());
    }

    ProviderCallWorker workerWith(PaymentProvider provider, PaymentProperties.Provider settings) {
        return startedWorker(provider, payments.gateway(), database, settings);
    }

    ProviderCallWorker startedWorker(
            PaymentProvider provider,
            CommandGateway commands,
            PaymentDatabase itsDatabase,
            PaymentProperties.Provider settings) {
        ProviderCallWorker worker = new ProviderCallWorker(
                provider,
                commands,
                itsDatabase.jdbc(),
                itsDatabase.transactionManager(),
                "node-" + UUID.randomUUID(),
                settings);
        worker.start();
        closedAtTheEnd(worker::stop);
        return worker;
    }

    HttpPaymentProvider httpProvider() {
        return httpProvider(PATIENT);
    }

    HttpPaymentProvider httpProvider(Duration timeLimit) {
        return closedAtTheEnd(new HttpPaymentProvider(builtIn.uri(), timeLimit));
    }

    static PaymentProperties.Provider settings() {
        return settings(256, PATIENT, POLL_INTERVAL);
    }

    static PaymentProperties.Provider settings(int maxInFlight, Duration callTimeout, Duration pollInterval) {
        return new PaymentProperties.Provider(
                null, callTimeout, maxInFlight, Duration.ofMillis(50), Duration.ofMillis(400), pollInterval, CIRCUIT);
    }

    <T extends AutoCloseable> T closedAtTheEnd(T closeable) {
        toClose.add(closeable);
        return closeable;
    }

    // What comes of it.

    static ConditionFactory await() {
        return Awaitility.await()
                .pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(20))
                .atMost(SOON);
    }

    PaymentCommand theOnlyCommandOf(OrderId order) {
        return awaitCommands(order, 1).get(0);
    }

    List<PaymentCommand> awaitCommands(OrderId order, int number) {
        PaymentId paymentId = paymentOf(order);
        await().until(() -> payments.of(paymentId).size() >= number);
        assertThat(payments.of(paymentId)).hasSize(number);
        return payments.of(paymentId);
    }

    static Stream<Outcome> outcomes(List<ProviderAttempt> attempts) {
        return attempts.stream().map(ProviderAttempt::outcome);
    }

    static void awaitNothingLeft() {
        await().until(() -> rows() == 0);
    }

    static long rows() {
        Long rows = database.jdbc().queryForObject("select count(*) from payment_provider_call", Long.class);
        return rows == null ? 0 : rows;
    }

    static long triedInVain() {
        return database.jdbc()
                .queryForList("select count(*) from payment_provider_call where tries > 0", Long.class)
                .get(0);
    }

    static int tries(OrderId order) {
        List<Integer> tries = database.jdbc()
                .queryForList(
                        "select tries from payment_provider_call where payment_id = ?",
                        Integer.class,
                        paymentOf(order).value());
        return tries.isEmpty() ? 0 : tries.get(0);
    }
}
