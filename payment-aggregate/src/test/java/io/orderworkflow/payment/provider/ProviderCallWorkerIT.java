package io.orderworkflow.payment.provider;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.orderworkflow.api.OrderId;
import io.orderworkflow.api.payment.PaymentEvent;
import io.orderworkflow.api.payment.ProviderAttempt.Outcome;
import io.orderworkflow.api.payment.RecordAuthorization;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.axonframework.eventhandling.AnnotationEventHandlerAdapter;
import org.junit.jupiter.api.Test;
import org.springframework.boot.health.contributor.Status;

/** How many calls share workers, transactions and time. */
class ProviderCallWorkerIT extends ProviderCallWorkerFixture {

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
        await().until(() -> worker.inFlight() == silent.length);
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
                orders.stream().map(ProviderCallWorkerFixture::captureRequested).toArray(PaymentEvent[]::new));

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
}
