package io.orderworkflow.saga;

import static io.orderworkflow.api.Amounts.eur;
import static io.orderworkflow.api.SampleOrder.anOrder;
import static org.assertj.core.api.Assertions.assertThat;

import io.orderworkflow.api.OrderId;
import io.orderworkflow.api.PaymentId;
import io.orderworkflow.api.RefundId;
import io.orderworkflow.api.Sku;
import io.orderworkflow.api.inventory.RestockReturned;
import io.orderworkflow.api.inventory.StockRestocked;
import io.orderworkflow.api.order.ExpireRefundAttempt;
import io.orderworkflow.api.order.OrderRefundRequested;
import io.orderworkflow.api.order.Pieces;
import io.orderworkflow.api.order.RefundAttemptExpired;
import io.orderworkflow.api.order.RefundNudged;
import io.orderworkflow.api.payment.PaymentRefundFailed;
import io.orderworkflow.api.payment.PaymentRefunded;
import io.orderworkflow.api.payment.ProviderRefusal;
import io.orderworkflow.api.payment.RefundPayment;
import io.orderworkflow.platform.messaging.MessageSerializer;
import io.orderworkflow.platform.saga.Wait;
import java.time.Duration;
import java.util.List;
import org.axonframework.test.saga.FixtureConfiguration;
import org.axonframework.test.saga.FixtureExecutionResult;
import org.junit.jupiter.api.Test;

class OrderRefundSagaTest {

    private static final Sku SKU_1 = new Sku("SKU-1");
    private static final Sku SKU_2 = new Sku("SKU-2");

    private final RecordedSchedule schedule = new RecordedSchedule();
    private final FixtureConfiguration fixture = SagaFixture.of(OrderRefundSaga.class, schedule);

    @Test
    void asksForTheMoneyAndForThePiecesOfEverySkuOnce() {
        fixture.givenNoPriorActivity()
                .whenPublishingA(requested(true))
                .expectActiveSagas(1)
                .expectAssociationWith("refundId", refundId())
                .expectDispatchedCommands(refund(), restock(SKU_1, 3), restock(SKU_2, 1));
        expectWaiting(1, Duration.ofSeconds(30));
    }

    @Test
    void leavesTheStockAloneWhereNothingComesBack() {
        fixture.givenNoPriorActivity().whenPublishingA(requested(false)).expectDispatchedCommands(refund());
    }

    @Test
    void endsWhenTheMoneyIsBackAndNothingElseWas() {
        whenAfter(refunded(), requested(false)).expectActiveSagas(0).expectNoDispatchedCommands();
        assertThat(schedule.all()).isEmpty();
    }

    @Test
    void endsWhenMoneyAndAllPiecesAreBack() {
        whenAfter(restocked(SKU_2), requested(true), restocked(SKU_1), refunded())
                .expectActiveSagas(0)
                .expectNoDispatchedCommands();
        assertThat(schedule.all()).isEmpty();
    }

    @Test
    void doesNotEndBeforeTheMoneyIsBack() {
        whenAfter(restocked(SKU_2), requested(true), restocked(SKU_1)).expectActiveSagas(1);
        expectWaiting(1, Duration.ofSeconds(30));
    }

    @Test
    void doesNotEndBeforeAllPiecesAreBack() {
        whenAfter(refunded(), requested(true), restocked(SKU_1)).expectActiveSagas(1);
    }

    @Test
    void countsARepeatedAnswerOnce() {
        whenAfter(restocked(SKU_1), requested(true), restocked(SKU_1), refunded())
                .expectActiveSagas(1)
                .expectNoDispatchedCommands();
    }

    @Test
    void asksAgainForWhatIsNotAnsweredYet() {
        whenAfter(expired(1), requested(true), restocked(SKU_1)).expectDispatchedCommands(refund(), restock(SKU_2, 1));
        expectWaiting(2, Duration.ofSeconds(60));
    }

    @Test
    void doesNotAskAtOnceForMoneyThatWasRefused() {
        whenAfter(refused(), requested(false)).expectActiveSagas(1).expectNoDispatchedCommands();
        expectWaiting(1, Duration.ofSeconds(30));
    }

    @Test
    void asksAgainForMoneyThatWasRefused() {
        whenAfter(expired(1), requested(false), refused()).expectDispatchedCommands(refund());
        expectWaiting(2, Duration.ofSeconds(60));
    }

    @Test
    void waitsForAPersonWhenTheProviderKeepsRefusing() {
        whenAfter(refused(), requested(false), refused(), expired(1))
                .expectActiveSagas(1)
                .expectNoDispatchedCommands();
        assertThat(schedule.all()).isEmpty();
    }

    @Test
    void asksForPiecesOnlyWhileTheMoneyWaitsForAPerson() {
        whenAfter(expired(2), requested(true), refused(), expired(1), refused(), restocked(SKU_2))
                .expectDispatchedCommands(restock(SKU_1, 3));
        expectWaiting(3, Duration.ofMinutes(2));
    }

    @Test
    void asksTheProviderAgainWhenNudged() {
        whenAfter(new RefundNudged(orderId(), refundId()), requested(false), refused(), expired(1), refused())
                .expectDispatchedCommands(refund());
        expectWaiting(3, Duration.ofMinutes(2));
    }

    @Test
    void waitsForAPersonAgainWhenTheProviderRefusesANudgeToo() {
        whenAfter(
                        refused(),
                        requested(false),
                        refused(),
                        expired(1),
                        refused(),
                        new RefundNudged(orderId(), refundId()))
                .expectActiveSagas(1)
                .expectNoDispatchedCommands();
        assertThat(schedule.all()).isEmpty();
    }

    @Test
    void allowsNoMoreTimeWhenNudged() {
        whenAfter(new RefundNudged(orderId(), refundId()), requested(false)).expectDispatchedCommands(refund());
        expectWaiting(1, Duration.ofSeconds(30));
    }

    @Test
    void endsWhenTheMoneyComesBackAfterAll() {
        whenAfter(refunded(), requested(false), refused(), expired(1), refused())
                .expectActiveSagas(0);
    }

    @Test
    void ignoresADeadlineOfAnEarlierAttempt() {
        whenAfter(expired(1), requested(false), expired(1)).expectNoDispatchedCommands();
        expectWaiting(2, Duration.ofSeconds(60));
    }

    @Test
    void isNotEndedByTheMoneyOfAnotherRefundOfTheOrder() {
        RefundId other = RefundId.forIdempotencyKey(orderId(), "r2");
        whenAfter(
                        new PaymentRefunded(paymentId(), orderId(), other, eur("9.90"), eur("9.90"), List.of()),
                        requested(false))
                .expectActiveSagas(1);
    }

    @Test
    void isNotEndedByThePiecesOfAnotherReturn() {
        whenAfter(
                        new StockRestocked(SKU_2, orderId(), 1, 0, 1, orderId().value()),
                        requested(true),
                        restocked(SKU_1),
                        refunded())
                .expectActiveSagas(1);
    }

    @Test
    void tellsWhatItWaitsFor() {
        OrderRefundSaga saga = new OrderRefundSaga();
        AskedSteps steps = new AskedSteps();
        saga.on(requested(true), steps);
        assertThat(saga.waits())
                .isEqualTo(new Wait(
                        orderId().toString(),
                        "REFUND",
                        "the money to be given back; SKU-1, SKU-2 to be put back on the shelves",
                        AskedSteps.NOW,
                        AskedSteps.NOW.plusSeconds(1),
                        1,
                        false,
                        null));
        saga.on(restocked(SKU_1), steps);
        saga.on(restocked(SKU_2), steps);
        saga.on(refused(), steps);
        saga.on(refused(), steps);
        assertThat(saga.waits())
                .isEqualTo(new Wait(
                        orderId().toString(),
                        "REFUND",
                        "a person to settle with the provider that the money is given back",
                        AskedSteps.NOW,
                        null,
                        1,
                        true,
                        "account closed"));
    }

    @Test
    void survivesBeingStored() {
        MessageSerializer serializer = new MessageSerializer();
        OrderRefundSaga saga = new OrderRefundSaga();
        AskedSteps steps = new AskedSteps();
        saga.on(requested(true), steps);
        saga.on(restocked(SKU_1), steps);
        saga.on(refused(), steps);
        saga.on(new RefundNudged(orderId(), refundId()), steps);

        OrderRefundSaga restored = serializer.deserialize(serializer.serialize(saga, byte[].class));

        assertThat(restored).usingRecursiveComparison().isEqualTo(saga);
        steps.asked.clear();
        restored.on(expired(1), steps);
        assertThat(steps.asked).containsExactly(refund(), restock(SKU_2, 1));
    }

    private FixtureExecutionResult whenAfter(Object event, Object... history) {
        return SagaFixture.given(fixture, List.of(history)).whenPublishingA(event);
    }

    private void expectWaiting(int attempt, Duration limit) {
        assertThat(schedule.all().values())
                .containsExactly(new RecordedSchedule.Scheduled(
                        SagaFixture.NOW.plus(limit), new ExpireRefundAttempt(orderId(), refundId(), attempt)));
    }

    // Fresh but equal identifiers at every call: sagas are found by their text, not by the instance.
    private static OrderId orderId() {
        return OrderId.of(anOrder().orderId().toString());
    }

    private static RefundId refundId() {
        return RefundId.forIdempotencyKey(orderId(), "r1");
    }

    private static PaymentId paymentId() {
        return PaymentId.forOrder(orderId());
    }

    private static OrderRefundRequested requested(boolean restock) {
        // SKU-1 is named twice: its pieces are summed.
        List<Pieces> pieces = List.of(new Pieces(SKU_1, 2), new Pieces(SKU_2, 1), new Pieces(SKU_1, 1));
        return new OrderRefundRequested(orderId(), refundId(), pieces, eur("39.60"), "broken", restock);
    }

    private static RefundPayment refund() {
        return new RefundPayment(paymentId(), refundId(), eur("39.60"));
    }

    private static RestockReturned restock(Sku sku, long quantity) {
        return new RestockReturned(sku, orderId(), quantity, refundId().value());
    }

    private static PaymentRefunded refunded() {
        return new PaymentRefunded(paymentId(), orderId(), refundId(), eur("39.60"), eur("39.60"), List.of());
    }

    private static PaymentRefundFailed refused() {
        return new PaymentRefundFailed(
                paymentId(), orderId(), refundId(), new ProviderRefusal("account_closed", "account closed"), List.of());
    }

    private static StockRestocked restocked(Sku sku) {
        return new StockRestocked(sku, orderId(), 1, 0, 1, refundId().value());
    }

    private static RefundAttemptExpired expired(int attempt) {
        return new RefundAttemptExpired(orderId(), refundId(), attempt);
    }
}
