package io.orderworkflow.payment.provider;

import static org.assertj.core.api.Assertions.assertThat;

import io.orderworkflow.api.OrderId;
import io.orderworkflow.api.payment.PaymentCommand;
import io.orderworkflow.api.payment.ProviderAttempt;
import io.orderworkflow.api.payment.ProviderAttempt.Action;
import io.orderworkflow.api.payment.ProviderAttempt.Outcome;
import io.orderworkflow.api.payment.ProviderRefusal;
import io.orderworkflow.api.payment.RecordAuthorization;
import io.orderworkflow.api.payment.RecordCapture;
import io.orderworkflow.api.payment.RecordRefund;
import io.orderworkflow.api.payment.RecordVoid;
import io.orderworkflow.payment.PaymentProperties;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** Voids and refunds, and the order of the calls of one payment. */
class ProviderCallWorkerUndoIT extends ProviderCallWorkerFixture {

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
}
