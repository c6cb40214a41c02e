package io.orderworkflow.payment.provider;

import static io.orderworkflow.api.Amounts.eur;
import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.orderworkflow.api.Money;
import io.orderworkflow.api.OrderId;
import io.orderworkflow.api.PaymentId;
import io.orderworkflow.api.RefundId;
import io.orderworkflow.api.SampleOrder;
import io.orderworkflow.api.payment.CaptureRequested;
import io.orderworkflow.api.payment.PaymentCommand;
import io.orderworkflow.api.payment.PaymentEvent;
import io.orderworkflow.api.payment.PaymentRequested;
import io.orderworkflow.api.payment.ProviderAttempt;
import io.orderworkflow.api.payment.ProviderAttempt.Action;
import io.orderworkflow.api.payment.ProviderAttempt.Outcome;
import io.orderworkflow.api.payment.ProviderRefusal;
import io.orderworkflow.api.payment.RecordAuthorization;
import io.orderworkflow.api.payment.RecordCapture;
import io.orderworkflow.api.payment.RecordRefund;
import io.orderworkflow.api.payment.RecordVoid;
import io.orderworkflow.api.payment.RefundRequested;
import io.orderworkflow.api.payment.VoidRequested;
import io.orderworkflow.payment.PaymentDatabase;
import io.orderworkflow.payment.PaymentProperties;
import io.orderworkflow.payment.builtin.RunningBuiltInProvider;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.axonframework.commandhandling.SimpleCommandBus;
import org.axonframework.commandhandling.gateway.CommandGateway;
import org.axonframework.commandhandling.gateway.DefaultCommandGateway;
import org.axonframework.eventhandling.AnnotationEventHandlerAdapter;
import org.axonframework.eventhandling.DomainEventMessage;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.health.contributor.Status;

/** The worker against a real database and, but where timing matters, the real built-in provider. */
class ProviderCallWorkerIT {

    private static final Money AMOUNT = eur("19.90");
    /** Long enough for any answer that does come, on whatever machine. */
    private static final Duration PATIENT = Duration.ofSeconds(20);

    /** For answers that do not come. */
    private static final Duration IMPATIENT = Duration.ofMillis(500);

    private static final Duration POLL_INTERVAL = Duration.ofMillis(100);
    private static final PaymentProperties.Circuit CIRCUIT =
            new PaymentProperties.Circuit(80, 100, 20, Duration.ofMillis(300));
    private static final Duration SOON = Duration.ofSeconds(30);

    private static PaymentDatabase database;

    private final List<AutoCloseable> toClose = new ArrayList<>();
    private final RecordingPayments payments = new RecordingPayments();
    private final ScriptedProvider scripted = new ScriptedProvider();

    private PaymentEventStream events;
    private RunningBuiltInProvider builtIn;

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
        for (int last = toClose.size() - 1; last >= 0; last--) {
            toClose.get(last).close();
        }
    }

    @Test
    void recordsAnAuthorizationInTheNameOfWhoCausedIt() {
        OrderId order = order("ok");

        DomainEventMessage<?> event =
                events.publish(worker(), requested(order, "tok_ok")).get(0);

        RecordAuthorization recorded = (RecordAuthorization) theOnlyCommandOf(order);
        assertThat(recorded.providerReference()).isNotBlank();
        assertThat(recorded.refusal()).isNull();
        assertThat(outcomes(recorded.attempts())).containsExactly(Outcome.SUCCEEDED);
        assertThat(payments.messages().get(0).getMetaData())
                .containsEntry("correlationId", "request-1")
                .containsEntry("causationId", event.getIdentifier())
                .containsEntry("userId", "ada")
                .containsEntry("source", "test");
        awaitNothingLeft();
    }

    @Test
    void recordsACapture() {
        OrderId order = order("captured");
        ProviderCallWorker worker = worker();

        events.publish(worker, requested(order, "tok_ok"));
        awaitCommands(order, 1);
        events.publish(worker, captureRequested(order));

        RecordCapture recorded = (RecordCapture) awaitCommands(order, 2).get(1);
        assertThat(recorded.refusal()).isNull();
        assertThat(builtIn.captures()).isEqualTo(1);
        awaitNothingLeft();
    }

    @Test
    void recordsARefusal() {
        OrderId order = order("declined");

        events.publish(worker(), requested(order, "tok_declined"));

        RecordAuthorization recorded = (RecordAuthorization) theOnlyCommandOf(order);
        assertThat(recorded.providerReference()).isNull();
        assertThat(recorded.refusal()).isNotNull();
        assertThat(recorded.refusal().code()).isEqualTo("declined");
        assertThat(outcomes(recorded.attempts())).containsExactly(Outcome.REFUSED);
        awaitNothingLeft();
    }

    @Test
    void recordsWhatWasGivenBack() {
        OrderId order = order("refunded");
        ProviderCallWorker worker = worker();
        events.publish(worker, requested(order, "tok_ok"));
        awaitCommands(order, 1);
        events.publish(worker, captureRequested(order));
        awaitCommands(order, 2);

        events.publish(worker, voidRequested(order));

        RecordVoid recorded = (RecordVoid) awaitCommands(order, 3).get(2);
        assertThat(recorded.refunded()).isEqualTo(AMOUNT);
        awaitNothingLeft();
    }

    @Test
    void looksUpALostAnswerAtOnceInsteadOfAskingAgain() {
        OrderId order = order("lost");
        PaymentProperties.Provider neverAgain = new PaymentProperties.Provider(
                null, IMPATIENT, 256, Duration.ofHours(1), Duration.ofHours(1), POLL_INTERVAL, CIRCUIT);

        events.publish(workerWith(httpProvider(IMPATIENT), neverAgain), requested(order, "tok_lost"));

        RecordAuthorization recorded = (RecordAuthorization) theOnlyCommandOf(order);
        assertThat(recorded.refusal()).isNull();
        assertThat(outcomes(recorded.attempts())).containsExactly(Outcome.NO_ANSWER, Outcome.FOUND);
        assertThat(builtIn.authorizations()).isEqualTo(1);
    }

    @Test
    void triesAgainWhatAFlakyProviderTurnedAway() {
        OrderId order = order("flaky");

        events.publish(worker(), requested(order, "tok_flaky"));

        RecordAuthorization recorded = (RecordAuthorization) theOnlyCommandOf(order);
        assertThat(outcomes(recorded.attempts()))
                .containsExactly(Outcome.UNAVAILABLE, Outcome.UNAVAILABLE, Outcome.SUCCEEDED);
        awaitNothingLeft();
    }

    @Test
    void looksUpBeforeItTriesAgainAfterALostAnswer() {
        OrderId order = order("found later");
        AtomicBoolean carriedOut = new AtomicBoolean();
        scripted.answering(key -> new CompletableFuture<>());
        scripted.answeringLookUps(key -> carriedOut.get()
                ? CompletableFuture.completedFuture(Optional.of(ScriptedProvider.DONE))
                : CompletableFuture.failedFuture(new ProviderUnavailableException("away")));
        events.publish(workerWith(scripted, settings(256, IMPATIENT, POLL_INTERVAL)), requested(order, "any"));
        await().until(() -> scripted.calls().size() == 1);

        carriedOut.set(true);

        RecordAuthorization recorded = (RecordAuthorization) theOnlyCommandOf(order);
        assertThat(outcomes(recorded.attempts())).startsWith(Outcome.NO_ANSWER).endsWith(Outcome.FOUND);
        assertThat(scripted.calls()).hasSize(1);
    }

    @Test
    void makesCallsAtOnceWithoutLookingForThem() {
        OrderId order = order("at once");
        ProviderCallWorker worker = workerWith(httpProvider(), settings(256, PATIENT, Duration.ofHours(1)));

        events.publish(worker, requested(order, "tok_ok"));

        theOnlyCommandOf(order);
        awaitNothingLeft();
    }

    @Test
    void isNotHeldUpByPaymentsThatTheProviderLeavesWithoutAnAnswer() {
        ProviderCallWorker worker = worker();
        PaymentEvent[] silent = IntStream.range(0, 100)
                .mapToObj(number -> requested(order("silent " + number), "tok_silent"))
                .toArray(PaymentEvent[]::new);
        events.publish(worker, silent);
        OrderId order = order("ok");

        events.publish(worker, requested(order, "tok_ok"));

        theOnlyCommandOf(order);
        assertThat(worker.inFlight()).isGreaterThanOrEqualTo(silent.length);
    }

    @Test
    void isNotHeldUpByTryingAgainWhatStaysWithoutAnAnswer() {
        Duration timeout = Duration.ofSeconds(1);
        scripted.answering(key -> key.startsWith(paymentOf(order("ok")).toString())
                ? CompletableFuture.completedFuture(ScriptedProvider.DONE)
                : new CompletableFuture<>());
        ProviderCallWorker worker = workerWith(scripted, settings(8, timeout, POLL_INTERVAL));
        PaymentEvent[] silent = IntStream.range(0, 40)
                .mapToObj(number -> requested(order("silent " + number), "any"))
                .toArray(PaymentEvent[]::new);
        events.publish(worker, silent);
        await().until(() -> triedInVain() == silent.length);

        events.publish(worker, requested(order("ok"), "any"));

        // If it had to wait its turn behind the others, that would be after five time-outs.
        Awaitility.await()
                .atMost(timeout.multipliedBy(3))
                .until(() -> payments.of(paymentOf(order("ok"))).size() == 1);
    }

    @Test
    void leavesACallToAnotherWorkerAsLongAsThatIsAlive() {
        scripted.answering(key -> new CompletableFuture<>());
        events.publish(workerWith(scripted), requested(order("slow"), "any"));
        workerWith(scripted);

        Awaitility.await()
                .during(POLL_INTERVAL.multipliedBy(25))
                .atMost(SOON)
                .until(() -> scripted.calls().size() == 1);
    }

    @Test
    void chargesOnceAlthoughTheProcessEndsBetweenCallAndRecord() {
        OrderId order = order("crash");
        events.publish(worker(), requested(order, "tok_ok"));
        awaitCommands(order, 1);
        awaitNothingLeft();
        PaymentDatabase itsDatabase = closedAtTheEnd(database.toAnotherProcess());
        SimpleCommandBus itsCommands = SimpleCommandBus.builder().build();
        itsCommands.subscribe(RecordCapture.class.getName(), command -> {
            // From here on, nothing of it reaches the others any more.
            itsDatabase.close();
            throw new IllegalStateException("killed");
        });
        ProviderCallWorker dying = startedWorker(
                httpProvider(),
                DefaultCommandGateway.builder().commandBus(itsCommands).build(),
                itsDatabase,
                settings());

        new PaymentEventStream(itsDatabase)
                .publish(dying, requested(order("other"), "tok_ok"), captureRequested(order));

        RecordCapture recorded = (RecordCapture) awaitCommands(order, 2).get(1);
        assertThat(outcomes(recorded.attempts())).containsExactly(Outcome.NO_ANSWER, Outcome.FOUND);
        assertThat(builtIn.captures()).isEqualTo(1);
        assertThat(builtIn.doubleCaptureAttempts()).isZero();
        awaitNothingLeft();
    }

    @Test
    void recordsTheAnswerAgainUntilThatSucceeds() {
        OrderId order = order("command fails");
        payments.failNext(3);

        events.publish(worker(), requested(order, "tok_ok"));

        RecordAuthorization recorded = (RecordAuthorization) theOnlyCommandOf(order);
        assertThat(outcomes(recorded.attempts())).containsExactly(Outcome.SUCCEEDED);
        assertThat(builtIn.authorizations()).isEqualTo(1);
        awaitNothingLeft();
    }

    @Test
    void givesUpAnAuthorizationThatWaitsWhenThePaymentIsVoided() {
        OrderId order = order("given up");
        ProviderCallWorker worker = impatientWorker();
        events.publish(worker, requested(order, "tok_silent"));
        await().until(() -> tries(order) > 0);

        events.publish(worker, voidRequested(order));

        RecordVoid recorded = (RecordVoid) theOnlyCommandOf(order);
        assertThat(recorded.attempts().get(0).action()).isEqualTo(Action.AUTHORIZATION);
        assertThat(recorded.attempts().get(0).outcome()).isEqualTo(Outcome.NO_ANSWER);
        ProviderAttempt last = recorded.attempts().get(recorded.attempts().size() - 1);
        assertThat(last.action()).isEqualTo(Action.VOID);
        assertThat(last.outcome()).isEqualTo(Outcome.SUCCEEDED);
        awaitNothingLeft();
        assertThat(builtIn.authorizations()).isZero();
        assertThat(builtIn.voids()).isEqualTo(1);
    }

    @Test
    void doesNotLetAVoidOvertakeACallThatIsUnderWay() {
        OrderId order = order("under way");
        CompletableFuture<ProviderAnswer> authorization = new CompletableFuture<>();
        scripted.answering(key -> key.contains("authorization")
                ? authorization
                : CompletableFuture.completedFuture(ScriptedProvider.DONE));
        ProviderCallWorker worker = workerWith(scripted);
        events.publish(worker, requested(order, "any"));
        await().until(() -> scripted.calls().size() == 1);

        events.publish(worker, voidRequested(order));
        await().during(POLL_INTERVAL.multipliedBy(5))
                .until(() -> scripted.calls().size() == 1);
        authorization.complete(ScriptedProvider.DONE);

        assertThat(awaitCommands(order, 2)).hasExactlyElementsOfTypes(RecordAuthorization.class, RecordVoid.class);
        awaitNothingLeft();
    }

    @Test
    void makesCallsOfOnePaymentOneAfterTheOther() {
        OrderId order = order("one by one");
        CompletableFuture<ProviderAnswer> authorization = new CompletableFuture<>();
        scripted.answering(key -> key.contains("authorization")
                ? authorization
                : CompletableFuture.completedFuture(ScriptedProvider.DONE));
        ProviderCallWorker worker = workerWith(scripted);

        // As after a long absence: both are found in the same batch.
        events.publish(worker, requested(order, "any"), captureRequested(order));
        await().during(POLL_INTERVAL.multipliedBy(5))
                .until(() -> scripted.calls().size() == 1);
        authorization.complete(ScriptedProvider.DONE);

        assertThat(awaitCommands(order, 2)).hasExactlyElementsOfTypes(RecordAuthorization.class, RecordCapture.class);
    }

    @Test
    void doesNotEvenBeginAnAuthorizationThatWasVoidedInTheMeantime() {
        OrderId order = order("voided in the meantime");

        events.publish(workerWith(scripted), requested(order, "any"), voidRequested(order));

        assertThat(theOnlyCommandOf(order)).isInstanceOf(RecordVoid.class);
        awaitNothingLeft();
        assertThat(scripted.calls()).containsExactly(paymentOf(order) + "-void-1");
    }

    @Test
    void asksUnderAnotherKeyAfterAnUndoWasRefused() {
        OrderId order = order("undo refused");
        scripted.answering(key -> CompletableFuture.completedFuture(
                key.endsWith("void-1")
                        ? new ProviderAnswer.Refused(new ProviderRefusal("refund_failed", "not now"))
                        : ScriptedProvider.DONE));
        ProviderCallWorker worker = workerWith(scripted);
        events.publish(worker, requested(order, "any"));
        awaitCommands(order, 1);

        events.publish(worker, voidRequested(order));

        RecordVoid refused = (RecordVoid) awaitCommands(order, 3).get(1);
        assertThat(refused.refusal()).isEqualTo(new ProviderRefusal("refund_failed", "not now"));
        assertThat(outcomes(refused.attempts())).containsExactly(Outcome.REFUSED);
        RecordVoid done = (RecordVoid) awaitCommands(order, 3).get(2);
        assertThat(done.refusal()).isNull();
        assertThat(outcomes(done.attempts())).containsExactly(Outcome.SUCCEEDED);
        assertThat(scripted.calls()).endsWith(paymentOf(order) + "-void-1", paymentOf(order) + "-void-1-1");
        awaitNothingLeft();
    }

    @Test
    void recordsThatAnUndoIsRefusedOnceHoweverOftenItIsTried() {
        OrderId order = order("undo refused for ever");
        scripted.answering(key -> CompletableFuture.completedFuture(
                new ProviderAnswer.Refused(new ProviderRefusal("refund_failed", "not now"))));

        events.publish(workerWith(scripted), voidRequested(order));

        await().until(() -> scripted.calls().size() >= 4);
        assertThat(((RecordVoid) theOnlyCommandOf(order)).refusal()).isNotNull();
    }

    @Test
    void asksAnewAtOnceWhenARefusedVoidIsRequestedAgain() {
        OrderId order = order("undo requested again");
        builtIn.refuseToGiveBack(true);
        ProviderCallWorker worker = workerWith(
                httpProvider(),
                new PaymentProperties.Provider(
                        null, PATIENT, 256, Duration.ofHours(1), Duration.ofHours(1), POLL_INTERVAL, CIRCUIT));
        takeMoney(worker, order);
        events.publish(worker, voidRequested(order));
        assertThat(((RecordVoid) awaitCommands(order, 3).get(2)).refusal()).isNotNull();
        await().until(() -> tries(order) == 1);
        builtIn.refuseToGiveBack(false);

        events.publish(worker, voidRequested(order));

        RecordVoid done = (RecordVoid) awaitCommands(order, 4).get(3);
        assertThat(done.refunded()).isEqualTo(AMOUNT);
        assertThat(outcomes(done.attempts())).containsExactly(Outcome.SUCCEEDED);
        awaitNothingLeft();
        assertThat(builtIn.refunds()).isEqualTo(1);
    }

    @Test
    void recordsARefund() {
        OrderId order = order("refund");
        ProviderCallWorker worker = worker();
        takeMoney(worker, order);

        events.publish(worker, refundRequested(order, "a", "5.00", 1), refundRequested(order, "b", "14.90", 1));

        List<PaymentCommand> commands = awaitCommands(order, 4);
        RecordRefund one = (RecordRefund) commands.get(2);
        RecordRefund other = (RecordRefund) commands.get(3);
        assertThat(one.refundId()).isEqualTo(refundId(order, "a"));
        assertThat(one.attempt()).isEqualTo(1);
        assertThat(one.refusal()).isNull();
        assertThat(outcomes(one.attempts())).containsExactly(Outcome.SUCCEEDED);
        assertThat(one.attempts().get(0).action()).isEqualTo(Action.REFUND);
        assertThat(other.refundId()).isEqualTo(refundId(order, "b"));
        assertThat(builtIn.refunds()).isEqualTo(2);
        awaitNothingLeft();
    }

    @Test
    void recordsARefusedRefundAndAsksUnderAnotherKeyWhenItIsRequestedAgain() {
        OrderId order = order("refund refused");
        builtIn.refuseToGiveBack(true);
        ProviderCallWorker worker = worker();
        takeMoney(worker, order);

        events.publish(worker, refundRequested(order, "a", "5.00", 1));
        RecordRefund refused = (RecordRefund) awaitCommands(order, 3).get(2);
        awaitNothingLeft();
        builtIn.refuseToGiveBack(false);
        events.publish(worker, refundRequested(order, "a", "5.00", 2));

        RecordRefund done = (RecordRefund) awaitCommands(order, 4).get(3);
        assertThat(refused.refusal()).isNotNull();
        assertThat(refused.refusal().code()).isEqualTo("refund_failed");
        assertThat(done.refusal()).isNull();
        assertThat(done.attempt()).isEqualTo(2);
        assertThat(builtIn.refunds()).isEqualTo(1);
    }

    @Test
    void looksUpTheLostAnswerToARefund() {
        OrderId order = order("refund lost");
        takeMoney(worker(), order);
        builtIn.loseAnswersToRefunds();

        events.publish(impatientWorker(), refundRequested(order, "a", "5.00", 1));

        RecordRefund recorded = (RecordRefund) awaitCommands(order, 3).get(2);
        assertThat(recorded.refusal()).isNull();
        assertThat(outcomes(recorded.attempts())).containsExactly(Outcome.NO_ANSWER, Outcome.FOUND);
        assertThat(builtIn.refunds()).isEqualTo(1);
        awaitNothingLeft();
    }

    @Test
    void givesBackByAVoidWhatARefundThatIsUnderWayLeaves() {
        OrderId order = order("refund, then void");
        ProviderCallWorker worker = worker();
        takeMoney(worker, order);

        events.publish(worker, refundRequested(order, "a", "5.00", 1), voidRequested(order));

        List<PaymentCommand> commands = awaitCommands(order, 4);
        assertThat(((RecordRefund) commands.get(2)).refusal()).isNull();
        assertThat(((RecordVoid) commands.get(3)).refunded()).isEqualTo(AMOUNT);
        assertThat(builtIn.refunds()).isEqualTo(2);
        assertThat(builtIn.paymentsRefundedBeyondCapture()).isZero();
        awaitNothingLeft();
    }

    @Test
    void makesRefundsOfOnePaymentOneAfterTheOther() {
        OrderId order = order("refunds one by one");
        CompletableFuture<ProviderAnswer> first = new CompletableFuture<>();
        scripted.answering(key -> key.contains(refundId(order, "a").toString())
                ? first
                : CompletableFuture.completedFuture(ScriptedProvider.DONE));
        ProviderCallWorker worker = workerWith(scripted);
        events.publish(worker, refundRequested(order, "a", "5.00", 1));
        await().until(() -> scripted.calls().size() == 1);

        events.publish(worker, refundRequested(order, "b", "5.00", 1));
        await().during(POLL_INTERVAL.multipliedBy(5))
                .until(() -> scripted.calls().size() == 1);
        first.complete(ScriptedProvider.DONE);

        assertThat(awaitCommands(order, 2)).hasExactlyElementsOfTypes(RecordRefund.class, RecordRefund.class);
    }

    private void takeMoney(ProviderCallWorker worker, OrderId order) {
        events.publish(worker, requested(order, "tok_ok"));
        awaitCommands(order, 1);
        events.publish(worker, captureRequested(order));
        awaitCommands(order, 2);
        awaitNothingLeft();
    }

    @Test
    void makesNoCallForABatchThatWasRolledBack() {
        OrderId rolledBack = order("rolled back");
        OrderId committed = order("committed");
        ProviderCallWorker worker = workerWith(scripted);

        events.publishButRollBack(worker, requested(rolledBack, "any"));
        events.publish(worker, requested(committed, "any"));

        theOnlyCommandOf(committed);
        awaitNothingLeft();
        assertThat(scripted.calls()).containsExactly(paymentOf(committed) + "-authorization");
    }

    @Test
    void givesBackTheRoomThatABatchHadTakenThatWasRolledBack() {
        ProviderCallWorker worker = workerWith(scripted, settings(4, PATIENT, Duration.ofHours(1)));
        for (int batch = 0; batch < 100; batch++) {
            events.publishButRollBack(worker, requested(order("rolled back " + batch), "any"));
        }

        // Without room it would be left in the database, to be found by a look in an hour.
        events.publish(worker, requested(order("committed"), "any"));

        theOnlyCommandOf(order("committed"));
    }

    @Test
    void callsOutsideOfAnyTransactionAndAfterTheCommit() {
        OrderId order = order("outside");
        AtomicBoolean committed = new AtomicBoolean();
        scripted.answering(key -> {
            committed.set(rows() == 1);
            return CompletableFuture.completedFuture(ScriptedProvider.DONE);
        });

        events.publish(workerWith(scripted), requested(order, "any"));

        theOnlyCommandOf(order);
        assertThat(committed).isTrue();
        assertThat(scripted.wasCalledInTransaction()).isFalse();
    }

    @Test
    void writesABatchOfCallsInTheTransactionOfTheBatch() {
        scripted.answering(key -> new CompletableFuture<>());
        PaymentEvent[] batch = IntStream.range(0, 50)
                .mapToObj(number -> requested(order("batch " + number), "any"))
                .toArray(PaymentEvent[]::new);

        events.publish(workerWith(scripted), batch);

        Long transactions = database.jdbc()
                .queryForObject("select count(distinct xmin::text) from payment_provider_call", Long.class);
        assertThat(rows()).isEqualTo(50);
        assertThat(transactions).isEqualTo(1);
    }

    @Test
    void leavesInTheDatabaseWhatThereIsNoRoomForInMemory() {
        ProviderCallWorker worker = workerWith(scripted, settings(4, PATIENT, POLL_INTERVAL));
        scripted.answering(key -> new CompletableFuture<ProviderAnswer>()
                .completeOnTimeout(ScriptedProvider.DONE, 5, TimeUnit.MILLISECONDS));
        PaymentEvent[] many = IntStream.range(0, 200)
                .mapToObj(number -> requested(order("many " + number), "any"))
                .toArray(PaymentEvent[]::new);

        events.publish(worker, many);

        await().until(() -> payments.count() == many.length);
        awaitNothingLeft();
        assertThat(scripted.mostInFlight()).isLessThanOrEqualTo(4);
        assertThat(scripted.calls()).doesNotHaveDuplicates();
    }

    @Test
    void waitsForAProviderThatIsAwayAndGoesOnWhenItIsBack() {
        AtomicBoolean away = new AtomicBoolean(true);
        scripted.answering(key -> away.get()
                ? CompletableFuture.failedFuture(new ProviderUnavailableException("away"))
                : CompletableFuture.completedFuture(ScriptedProvider.DONE));
        ProviderCallWorker worker = workerWith(scripted);
        List<OrderId> orders = IntStream.range(0, 30)
                .mapToObj(number -> order("away " + number))
                .toList();
        events.publish(
                worker, orders.stream().map(order -> requested(order, "any")).toArray(PaymentEvent[]::new));
        await().until(() -> worker.health().health().getStatus().equals(PaymentProviderHealthIndicator.DEGRADED));

        // A refused permission is no failure, and no attempt: the provider was not asked.
        int asked = scripted.calls().size();
        events.publish(worker, requested(order("while away"), "any"));
        assertThat(scripted.calls().size() - asked).isLessThan(30);
        away.set(false);

        await().until(() -> payments.count() == orders.size() + 1);
        assertThat(worker.health().health().getStatus()).isEqualTo(Status.UP);
        awaitNothingLeft();
    }

    @Test
    void knowsThatAProviderIsThereThatAnswersButForSomePayments() {
        ProviderCallWorker worker = impatientWorker();
        PaymentEvent[] silent = IntStream.range(0, 60)
                .mapToObj(number -> requested(order("silent " + number), "tok_silent"))
                .toArray(PaymentEvent[]::new);

        events.publish(worker, silent);
        await().until(() -> triedInVain() == silent.length);

        assertThat(worker.health().health().getStatus()).isEqualTo(Status.UP);
    }

    @Test
    void leavesToOthersWhatItHasNotFinishedWhenItIsStopped() {
        OrderId order = order("stopped");
        scripted.answering(key -> new CompletableFuture<>());
        ProviderCallWorker stopped = workerWith(scripted);
        events.publish(stopped, requested(order, "any"));
        await().until(() -> scripted.calls().size() == 1);

        stopped.stop();
        worker();

        RecordAuthorization recorded = (RecordAuthorization) theOnlyCommandOf(order);
        assertThat(outcomes(recorded.attempts())).startsWith(Outcome.NO_ANSWER).hasSize(2);
    }

    @Test
    void takesMoneyOnceWithSeveralWorkersAtOnce() {
        ProviderCallWorker one = worker();
        ProviderCallWorker other = startedWorker(httpProvider(), payments.gateway(), database, settings());
        List<OrderId> orders = IntStream.range(0, 40)
                .mapToObj(number -> order("shared " + number))
                .toList();
        // Half of the tokens lose or refuse answers, so that calls move from one worker to the other.
        List<String> tokens = List.of("tok_ok", "tok_flaky");
        events.publish(
                one,
                orders.stream()
                        .map(order -> requested(order, tokens.get(orders.indexOf(order) % tokens.size())))
                        .toArray(PaymentEvent[]::new));
        orders.forEach(order -> awaitCommands(order, 1));

        events.publish(
                other,
                orders.stream().map(ProviderCallWorkerIT::captureRequested).toArray(PaymentEvent[]::new));

        orders.forEach(order -> awaitCommands(order, 2));
        assertThat(builtIn.captures()).isEqualTo(orders.size());
        assertThat(builtIn.doubleCaptureAttempts()).isZero();
        awaitNothingLeft();
    }

    @Test
    void isNeverReplayed() {
        assertThat(new AnnotationEventHandlerAdapter(worker().intake()).supportsReset())
                .isFalse();
    }

    @Test
    void showsHowCallsFare() {
        SimpleMeterRegistry registry = new SimpleMeterRegistry();
        ProviderCallWorker worker = worker();
        worker.metrics().bindTo(registry);

        events.publish(worker, requested(order("counted"), "tok_ok"), requested(order("refused"), "tok_declined"));
        await().until(() -> payments.count() == 2);

        assertThat(calls(registry, "authorization", "succeeded")).isEqualTo(1);
        assertThat(calls(registry, "authorization", "refused")).isEqualTo(1);
        assertThat(calls(registry, "capture", "succeeded")).isZero();
        assertThat(registry.get("payment.provider.circuit")
                        .tag("state", "closed")
                        .gauge()
                        .value())
                .isEqualTo(1);
        assertThat(registry.find("payment.provider.calls.in.flight").gauge()).isNotNull();
        assertThat(registry.find("payment.provider.calls.waiting").gauge()).isNotNull();
        assertThat(registry.find("payment.provider.calls.oldest").timeGauge()).isNotNull();
        assertThat(worker.health().health().getStatus()).isEqualTo(Status.UP);
    }

    private static double calls(SimpleMeterRegistry registry, String action, String outcome) {
        return registry.get("payment.provider.calls")
                .tag("action", action)
                .tag("outcome", outcome)
                .functionCounter()
                .count();
    }

    // What happens to an order.

    private static OrderId order(String key) {
        return SampleOrder.orderId(key);
    }

    private static PaymentId paymentOf(OrderId order) {
        return PaymentId.forOrder(order);
    }

    private static PaymentRequested requested(OrderId order, String token) {
        return new PaymentRequested(paymentOf(order), order, AMOUNT, "card", token);
    }

    private static CaptureRequested captureRequested(OrderId order) {
        return new CaptureRequested(paymentOf(order), order, AMOUNT);
    }

    private static RefundId refundId(OrderId order, String key) {
        return RefundId.forIdempotencyKey(order, key);
    }

    private static RefundRequested refundRequested(OrderId order, String key, String amount, int attempt) {
        return new RefundRequested(paymentOf(order), order, refundId(order, key), eur(amount), attempt);
    }

    private static VoidRequested voidRequested(OrderId order) {
        return new VoidRequested(paymentOf(order), order, AMOUNT);
    }

    // Workers.

    private ProviderCallWorker worker() {
        return workerWith(httpProvider());
    }

    private ProviderCallWorker impatientWorker() {
        return workerWith(httpProvider(IMPATIENT), settings(256, IMPATIENT, POLL_INTERVAL));
    }

    private ProviderCallWorker workerWith(PaymentProvider provider) {
        return workerWith(provider, settings());
    }

    private ProviderCallWorker workerWith(PaymentProvider provider, PaymentProperties.Provider settings) {
        return startedWorker(provider, payments.gateway(), database, settings);
    }

    private ProviderCallWorker startedWorker(
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

    private HttpPaymentProvider httpProvider() {
        return httpProvider(PATIENT);
    }

    private HttpPaymentProvider httpProvider(Duration timeLimit) {
        return closedAtTheEnd(new HttpPaymentProvider(builtIn.uri(), timeLimit));
    }

    private static PaymentProperties.Provider settings() {
        return settings(256, PATIENT, POLL_INTERVAL);
    }

    private static PaymentProperties.Provider settings(int maxInFlight, Duration callTimeout, Duration pollInterval) {
        return new PaymentProperties.Provider(
                null, callTimeout, maxInFlight, Duration.ofMillis(50), Duration.ofMillis(400), pollInterval, CIRCUIT);
    }

    private <T extends AutoCloseable> T closedAtTheEnd(T closeable) {
        toClose.add(closeable);
        return closeable;
    }

    // What comes of it.

    private static ConditionFactory await() {
        return Awaitility.await()
                .pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(20))
                .atMost(SOON);
    }

    private PaymentCommand theOnlyCommandOf(OrderId order) {
        return awaitCommands(order, 1).get(0);
    }

    private List<PaymentCommand> awaitCommands(OrderId order, int number) {
        PaymentId paymentId = paymentOf(order);
        await().until(() -> payments.of(paymentId).size() >= number);
        assertThat(payments.of(paymentId)).hasSize(number);
        return payments.of(paymentId);
    }

    private static Stream<Outcome> outcomes(List<ProviderAttempt> attempts) {
        return attempts.stream().map(ProviderAttempt::outcome);
    }

    private static void awaitNothingLeft() {
        await().until(() -> rows() == 0);
    }

    private static long rows() {
        Long rows = database.jdbc().queryForObject("select count(*) from payment_provider_call", Long.class);
        return rows == null ? 0 : rows;
    }

    private static long triedInVain() {
        return database.jdbc()
                .queryForList("select count(*) from payment_provider_call where tries > 0", Long.class)
                .get(0);
    }

    private static int tries(OrderId order) {
        List<Integer> tries = database.jdbc()
                .queryForList(
                        "select tries from payment_provider_call where payment_id = ?",
                        Integer.class,
                        paymentOf(order).value());
        return tries.isEmpty() ? 0 : tries.get(0);
    }
}
