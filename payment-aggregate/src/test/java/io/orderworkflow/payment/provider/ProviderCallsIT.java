package io.orderworkflow.payment.provider;

import static io.orderworkflow.api.Amounts.eur;
import static org.assertj.core.api.Assertions.assertThat;

import io.orderworkflow.api.OrderId;
import io.orderworkflow.api.PaymentId;
import io.orderworkflow.api.RefundId;
import io.orderworkflow.api.SampleOrder;
import io.orderworkflow.api.payment.ProviderAttempt;
import io.orderworkflow.api.payment.ProviderAttempt.Action;
import io.orderworkflow.api.payment.ProviderAttempt.Outcome;
import io.orderworkflow.api.payment.ProviderRefusal;
import io.orderworkflow.payment.PaymentDatabase;
import io.orderworkflow.payment.provider.ProviderCalls.Lease;
import io.orderworkflow.payment.provider.ProviderCalls.Postponed;
import io.orderworkflow.payment.provider.ProviderCalls.Requested;
import io.orderworkflow.payment.provider.ProviderCalls.Taken;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ProviderCallsIT {

    private static final Instant LONG_AGO = Instant.parse("2020-11-21T10:15:30.123456Z");
    private static final Lease ONE = new Lease("one", Duration.ofMinutes(1));
    private static final Lease OTHER = new Lease("other", Duration.ofMinutes(1));
    private static final Lease ONE_BUT_EXPIRED = new Lease("one", Duration.ofMinutes(-1));

    private static final ProviderAnswer NOT_NOW = new ProviderAnswer.Refused(new ProviderRefusal("not_now", "not now"));

    private static PaymentDatabase database;

    private ProviderCalls calls;
    private LivingWorkers workers;

    @BeforeAll
    static void createDatabase() {
        database = new PaymentDatabase();
    }

    @AfterAll
    static void closeDatabase() {
        database.close();
    }

    @BeforeEach
    void clear() {
        calls = new ProviderCalls(database.jdbc());
        workers = new LivingWorkers(database.jdbc());
        database.clear();
        workers.isAlive("one", Duration.ofMinutes(1));
        workers.isAlive("other", Duration.ofMinutes(1));
    }

    @Test
    void leasesACallToOneWorkerOnly() {
        calls.add(List.of(authorization("a")), null);

        assertThat(take(ONE)).containsExactly(new Taken(authorization("a").call(), false));
        assertThat(take(OTHER)).isEmpty();
        assertThat(take(ONE)).isEmpty();
    }

    @Test
    void leavesACallToWhoeverAddedIt() {
        calls.add(List.of(authorization("a")), ONE);

        assertThat(take(OTHER)).isEmpty();
    }

    @Test
    void takesOverACallWhoseLeaseHasExpired() {
        calls.add(List.of(authorization("a")), ONE_BUT_EXPIRED);

        assertThat(take(OTHER)).containsExactly(new Taken(authorization("a").call(), true));
    }

    @Test
    void takesOverACallWhoseWorkerIsNoLongerAlive() {
        calls.add(List.of(authorization("a")), ONE);
        workers.isAlive("one", Duration.ofMinutes(-1));

        assertThat(take(OTHER)).extracting(Taken::leftBehind).containsExactly(true);
    }

    @Test
    void takesOverACallWhoseWorkerHasEnded() {
        calls.add(List.of(authorization("a")), ONE);
        workers.hasEnded("one");

        assertThat(take(OTHER)).hasSize(1);
    }

    @Test
    void takesWhatIsDueAndNothingElse() {
        calls.add(List.of(authorization("a"), authorization("b")), ONE);
        calls.postpone(
                List.of(
                        new Postponed(authorization("a").call(), Duration.ZERO),
                        new Postponed(authorization("b").call(), Duration.ofMinutes(1))),
                "one");

        assertThat(take(OTHER))
                .extracting(Taken::call)
                .containsExactly(authorization("a").call());
    }

    @Test
    void takesNoMoreThanItIsAskedFor() {
        calls.add(List.of(authorization("a"), authorization("b"), authorization("c")), null);

        assertThat(calls.take(false, 2, ONE)).hasSize(2);
    }

    @Test
    void tellsFirstTriesFromFurtherOnes() {
        calls.add(List.of(authorization("a"), authorization("b")), ONE);
        ProviderCall tried = authorization("a").call().triedInVain();
        calls.postpone(
                List.of(
                        new Postponed(tried, Duration.ZERO),
                        new Postponed(authorization("b").call(), Duration.ZERO)),
                "one");

        assertThat(calls.take(true, 10, ONE)).extracting(Taken::call).containsExactly(tried);
        assertThat(calls.take(false, 10, ONE))
                .extracting(Taken::call)
                .containsExactly(authorization("b").call());
    }

    @Test
    void doesNotPostponeWhatSomebodyElseHasTakenOver() {
        calls.add(List.of(authorization("a")), ONE_BUT_EXPIRED);
        take(OTHER);

        calls.postpone(List.of(new Postponed(authorization("a").call(), Duration.ZERO)), "one");

        assertThat(take(ONE)).isEmpty();
    }

    @Test
    void makesALaterCallWaitForAnEarlierOneOfTheSamePayment() {
        calls.add(List.of(authorization("a"), capture("a")), null);

        assertThat(take(ONE))
                .extracting(Taken::call)
                .containsExactly(authorization("a").call());
        assertThat(take(ONE)).isEmpty();
        calls.delete(List.of(authorization("a").call().id()));
        assertThat(take(ONE))
                .extracting(Taken::call)
                .containsExactly(capture("a").call());
    }

    @Test
    void addsNothingTwice() {
        calls.add(List.of(authorization("a")), null);
        calls.add(List.of(authorization("a")), ONE);

        assertThat(take(OTHER)).hasSize(1);
    }

    @Test
    void removesWhatAVoidHasMadePointlessAndKeepsItsHistory() {
        ProviderCall tried = authorization("a")
                .call()
                .attempted(attempt(Action.AUTHORIZATION))
                .triedInVain();
        calls.add(List.of(authorization("a"), authorization("b")), ONE);
        calls.postpone(List.of(new Postponed(tried, Duration.ofMinutes(1))), "one");
        calls.add(List.of(undo("a")), null);

        calls.removeSuperseded();

        assertThat(take(OTHER))
                .extracting(Taken::call)
                .containsExactly(undo("a").call().attempted(attempt(Action.AUTHORIZATION)));
    }

    @Test
    void makesAVoidWaitForARefund() {
        calls.add(List.of(refund("a"), undo("a")), null);

        calls.removeSuperseded();

        assertThat(take(ONE))
                .extracting(Taken::call)
                .containsExactly(refund("a").call());
        assertThat(take(OTHER)).isEmpty();
        calls.delete(List.of(refund("a").call().id()));
        assertThat(take(OTHER))
                .extracting(Taken::call)
                .containsExactly(undo("a").call());
    }

    @Test
    void doesNotRemoveACallThatIsUnderWay() {
        calls.add(List.of(authorization("a")), ONE);
        calls.add(List.of(undo("a")), null);

        calls.removeSuperseded();

        assertThat(take(OTHER)).isEmpty();
        assertThat(count()).isEqualTo(2);
    }

    @ParameterizedTest
    @MethodSource("callsInEveryState")
    void readsACallAsItWasWritten(ProviderCall call) {
        calls.add(List.of(new Requested(call, LONG_AGO)), ONE);
        calls.postpone(List.of(new Postponed(call, Duration.ZERO)), "one");

        assertThat(calls.take(call.tries() > 0, 10, OTHER)).containsExactly(new Taken(call, false));
    }

    static Stream<ProviderCall> callsInEveryState() {
        ProviderCall call = authorization("a").call();
        return Stream.of(
                call,
                capture("a").call(),
                refund("a").call(),
                call.triedInVain(),
                call.attempted(attempt(Action.AUTHORIZATION)),
                call.answered(new ProviderAnswer.Done("reference", null)),
                call.answered(new ProviderAnswer.Done("reference", eur("0.10"))),
                call.answered(new ProviderAnswer.Refused(new ProviderRefusal("declined", "the card was declined"))),
                undo("a").call().answered(NOT_NOW),
                undo("a").call().answered(NOT_NOW).askedAnew().answered(NOT_NOW));
    }

    @Test
    void saysHowMuchThereIsToDo() {
        calls.add(List.of(authorization("a"), authorization("b")), ONE);
        calls.postpone(List.of(new Postponed(authorization("a").call().triedInVain(), Duration.ofHours(1))), "one");

        ProviderCalls.Backlog backlog = calls.backlog();

        assertThat(backlog.waiting()).isEqualTo(1);
        assertThat(backlog.oldest()).isPositive();
    }

    @Test
    void saysThatThereIsNothingToDo() {
        assertThat(calls.backlog()).isEqualTo(new ProviderCalls.Backlog(0, Duration.ZERO));
    }

    private List<Taken> take(Lease lease) {
        return Stream.of(false, true)
                .flatMap(triedBefore -> calls.take(triedBefore, 10, lease).stream())
                .toList();
    }

    private static long count() {
        return database.jdbc()
                .queryForList("select count(*) from payment_provider_call", Long.class)
                .get(0);
    }

    private static Requested authorization(String key) {
        return call(key, 0, Action.AUTHORIZATION, new ProviderCall.Means("card", "tok_ok"), null);
    }

    private static Requested capture(String key) {
        return call(key, 2, Action.CAPTURE, null, null);
    }

    private static Requested undo(String key) {
        return call(key, 4, Action.VOID, null, null);
    }

    private static Requested refund(String key) {
        RefundId refundId = RefundId.forIdempotencyKey(SampleOrder.orderId(key), "a part");
        return call(key, 3, Action.REFUND, null, new ProviderCall.Refund(refundId, 2));
    }

    private static Requested call(
            String key,
            long sequenceNumber,
            Action action,
            ProviderCall.@Nullable Means means,
            ProviderCall.@Nullable Refund refund) {
        OrderId order = SampleOrder.orderId(key);
        ProviderCall.Id id = new ProviderCall.Id(PaymentId.forOrder(order), sequenceNumber);
        Map<String, String> metaData = Map.of("correlationId", "request \"1\"");
        return new Requested(
                new ProviderCall(id, action, order, eur("19.90"), means, refund, metaData, List.of(), null, 0, 0),
                LONG_AGO);
    }

    private static ProviderAttempt attempt(Action action) {
        return new ProviderAttempt(action, LONG_AGO, Outcome.NO_ANSWER, "no answer within 5000 ms");
    }
}
