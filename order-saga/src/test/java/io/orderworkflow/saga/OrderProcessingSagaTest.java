package io.orderworkflow.saga;

import static io.orderworkflow.api.Amounts.eur;
import static io.orderworkflow.api.SampleOrder.anOrder;
import static org.assertj.core.api.Assertions.assertThat;

import io.orderworkflow.api.OrderId;
import io.orderworkflow.api.PaymentId;
import io.orderworkflow.api.RefundId;
import io.orderworkflow.api.SampleOrder;
import io.orderworkflow.api.Sku;
import io.orderworkflow.api.inventory.DebitStock;
import io.orderworkflow.api.inventory.ReleaseStock;
import io.orderworkflow.api.inventory.ReserveStock;
import io.orderworkflow.api.inventory.RestockReturned;
import io.orderworkflow.api.inventory.StockDebited;
import io.orderworkflow.api.inventory.StockReleased;
import io.orderworkflow.api.inventory.StockReservationRejected;
import io.orderworkflow.api.inventory.StockReserved;
import io.orderworkflow.api.order.CancelOrder;
import io.orderworkflow.api.order.ConfirmOrder;
import io.orderworkflow.api.order.ExpireOrderStep;
import io.orderworkflow.api.order.OrderCancellationRequested;
import io.orderworkflow.api.order.OrderCancelled;
import io.orderworkflow.api.order.OrderConfirmed;
import io.orderworkflow.api.order.OrderNudged;
import io.orderworkflow.api.order.OrderRejected;
import io.orderworkflow.api.order.OrderStep;
import io.orderworkflow.api.order.OrderStepExpired;
import io.orderworkflow.api.order.RejectOrder;
import io.orderworkflow.api.order.RejectionReason;
import io.orderworkflow.api.order.RejectionReason.Code;
import io.orderworkflow.api.order.RejectionReason.Shortage;
import io.orderworkflow.api.payment.AuthorizePayment;
import io.orderworkflow.api.payment.CapturePayment;
import io.orderworkflow.api.payment.PaymentAuthorized;
import io.orderworkflow.api.payment.PaymentCaptureFailed;
import io.orderworkflow.api.payment.PaymentCaptured;
import io.orderworkflow.api.payment.PaymentDeclined;
import io.orderworkflow.api.payment.PaymentRefundFailed;
import io.orderworkflow.api.payment.PaymentVoided;
import io.orderworkflow.api.payment.ProviderRefusal;
import io.orderworkflow.api.payment.VoidPayment;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.axonframework.test.saga.FixtureConfiguration;
import org.axonframework.test.saga.FixtureExecutionResult;
import org.junit.jupiter.api.Test;

class OrderProcessingSagaTest {

    // SKU-1 stands on two lines: its demand is summed.
    private static final SampleOrder ORDER =
            anOrder().of("SKU-1", 2).of("SKU-2", 1).of("SKU-1", 3).at(eur("9.90"));
    private static final Sku SKU_1 = new Sku("SKU-1");
    private static final Sku SKU_2 = new Sku("SKU-2");

    private final RecordedSchedule schedule = new RecordedSchedule();
    private final FixtureConfiguration fixture = SagaFixture.of(OrderProcessingSaga.class, schedule);

    @Test
    void reservesTheDemandOfEverySku() {
        FixtureExecutionResult result = fixture.givenNoPriorActivity().whenPublishingA(ORDER.placed());
        result.expectActiveSagas(1)
                .expectAssociationWith("orderId", id())
                .expectDispatchedCommands(new ReserveStock(SKU_1, id(), 5), new ReserveStock(SKU_2, id(), 1));
        expectWaiting(OrderStep.RESERVATION, 1, Duration.ofSeconds(30));
    }

    @Test
    void waitsUntilEverySkuHasAnswered() {
        whenAfter(new StockReserved(SKU_2, id(), 1, 1), ORDER.placed()).expectNoDispatchedCommands();
        expectWaiting(OrderStep.RESERVATION, 1, Duration.ofSeconds(30));
    }

    @Test
    void authorisesThePaymentWhenAllIsReserved() {
        whenAfter(reserved(SKU_1), ORDER.placed(), reserved(SKU_2))
                .expectDispatchedCommands(new AuthorizePayment(paymentId(), id(), ORDER.total(), "card", "tok_ok"));
        expectWaiting(OrderStep.AUTHORIZATION, 1, Duration.ofMinutes(2));
    }

    @Test
    void countsARepeatedAnswerOnce() {
        whenAfter(reserved(SKU_2), ORDER.placed(), reserved(SKU_2)).expectNoDispatchedCommands();
    }

    @Test
    void capturesTheAuthorisedPayment() {
        whenAfter(authorised(), allReserved()).expectDispatchedCommands(new CapturePayment(paymentId()));
        expectWaiting(OrderStep.CAPTURE, 1, Duration.ofMinutes(2));
    }

    @Test
    void debitsAndConfirmsWhenTheMoneyIsTaken() {
        whenAfter(captured(), untilAuthorised())
                .expectDispatchedCommands(
                        new DebitStock(SKU_1, id()), new DebitStock(SKU_2, id()), new ConfirmOrder(id()));
        expectWaiting(OrderStep.CONFIRMATION, 1, Duration.ofSeconds(30));
    }

    @Test
    void endsWhenEverythingIsDebitedAndConfirmed() {
        whenAfter(debited(SKU_2), untilCaptured(), new OrderConfirmed(id()), debited(SKU_1))
                .expectActiveSagas(0)
                .expectNoDispatchedCommands();
        assertThat(schedule.all()).isEmpty();
    }

    @Test
    void doesNotEndBeforeEverythingIsDebited() {
        whenAfter(new OrderConfirmed(id()), untilCaptured(), debited(SKU_1)).expectActiveSagas(1);
        assertThat(schedule.all()).hasSize(1);
    }

    @Test
    void asksAgainForWhatIsMissingWhenConfirmingTakesLong() {
        whenAfter(
                        new OrderStepExpired(id(), OrderStep.CONFIRMATION, 1),
                        untilCaptured(),
                        debited(SKU_1),
                        new OrderConfirmed(id()))
                .expectActiveSagas(1)
                .expectDispatchedCommands(new DebitStock(SKU_2, id()));
        expectWaiting(OrderStep.CONFIRMATION, 2, Duration.ofSeconds(60));
    }

    @Test
    void rejectsWithEveryShortageOnceAllHaveAnswered() {
        whenAfter(reserved(SKU_2), ORDER.placed(), new StockReservationRejected(SKU_1, id(), 5, 4))
                .expectDispatchedCommands(
                        new ReleaseStock(SKU_1, id()),
                        new ReleaseStock(SKU_2, id()),
                        new RejectOrder(
                                id(),
                                new RejectionReason(
                                        Code.OUT_OF_STOCK,
                                        "not enough in stock: SKU-1 (5 asked for, 4 available)",
                                        List.of(new Shortage(SKU_1, 5, 4)))));
        expectWaiting(OrderStep.COMPENSATION, 1, Duration.ofSeconds(30));
    }

    @Test
    void rejectsWhenTheStockAnswersTooLate() {
        whenAfter(new OrderStepExpired(id(), OrderStep.RESERVATION, 1), ORDER.placed(), reserved(SKU_1))
                .expectDispatchedCommands(
                        new ReleaseStock(SKU_1, id()),
                        new ReleaseStock(SKU_2, id()),
                        rejected(Code.STOCK_TIMEOUT, "the stock did not answer in time"));
    }

    @Test
    void releasesStockWhenThePaymentIsDeclined() {
        whenAfter(declined(), allReserved())
                .expectDispatchedCommands(
                        new ReleaseStock(SKU_1, id()),
                        new ReleaseStock(SKU_2, id()),
                        rejected(Code.PAYMENT_DECLINED, "payment declined by the provider: no money"));
    }

    @Test
    void voidsAndReleasesWhenThePaymentIsNotAnsweredInTime() {
        whenAfter(new OrderStepExpired(id(), OrderStep.AUTHORIZATION, 1), allReserved())
                .expectDispatchedCommands(
                        new VoidPayment(paymentId(), id()),
                        new ReleaseStock(SKU_1, id()),
                        new ReleaseStock(SKU_2, id()),
                        rejected(Code.PAYMENT_TIMEOUT, "the payment was not answered in time"));
    }

    @Test
    void voidsAndReleasesWhenTheMoneyCannotBeTaken() {
        whenAfter(
                        new PaymentCaptureFailed(paymentId(), id(), new ProviderRefusal("c", "expired"), List.of()),
                        untilAuthorised())
                .expectDispatchedCommands(
                        new VoidPayment(paymentId(), id()),
                        new ReleaseStock(SKU_1, id()),
                        new ReleaseStock(SKU_2, id()),
                        rejected(Code.PAYMENT_FAILED, "the provider could not take the money: expired"));
    }

    @Test
    void voidsAndReleasesWhenTheMoneyIsNotTakenInTime() {
        whenAfter(new OrderStepExpired(id(), OrderStep.CAPTURE, 1), untilAuthorised())
                .expectDispatchedCommands(
                        new VoidPayment(paymentId(), id()),
                        new ReleaseStock(SKU_1, id()),
                        new ReleaseStock(SKU_2, id()),
                        rejected(Code.PAYMENT_FAILED, "the money was not taken in time"));
    }

    @Test
    void ignoresADeadlineOfAStepThatIsOver() {
        whenAfter(new OrderStepExpired(id(), OrderStep.RESERVATION, 1), allReserved())
                .expectNoDispatchedCommands();
        expectWaiting(OrderStep.AUTHORIZATION, 1, Duration.ofMinutes(2));
    }

    @Test
    void ignoresAnswersThatComeAfterItGaveUp() {
        whenAfter(authorised(), allReserved(), new OrderStepExpired(id(), OrderStep.AUTHORIZATION, 1))
                .expectNoDispatchedCommands();
        expectWaiting(OrderStep.COMPENSATION, 1, Duration.ofSeconds(30));
    }

    @Test
    void endsOnlyWhenEverythingIsUndone() {
        whenAfter(
                        new PaymentVoided(paymentId(), id(), null, List.of()),
                        untilAuthorised(),
                        new OrderStepExpired(id(), OrderStep.CAPTURE, 1),
                        released(SKU_1),
                        new OrderRejected(id(), new RejectionReason(Code.PAYMENT_FAILED, "", List.of())),
                        released(SKU_2))
                .expectActiveSagas(0);
        assertThat(schedule.all()).isEmpty();
    }

    @Test
    void asksAgainForWhatIsNotUndoneYet() {
        whenAfter(
                        new OrderStepExpired(id(), OrderStep.COMPENSATION, 1),
                        untilAuthorised(),
                        new OrderStepExpired(id(), OrderStep.CAPTURE, 1),
                        released(SKU_1),
                        new OrderRejected(id(), new RejectionReason(Code.PAYMENT_FAILED, "", List.of())))
                .expectActiveSagas(1)
                .expectDispatchedCommands(new VoidPayment(paymentId(), id()), new ReleaseStock(SKU_2, id()));
        expectWaiting(OrderStep.COMPENSATION, 2, Duration.ofSeconds(60));
    }

    // cancellation

    @Test
    void givesStockBackWhenCancelledWhileReserving() {
        whenAfter(cancellationRequested(), ORDER.placed(), reserved(SKU_1))
                .expectDispatchedCommands(new ReleaseStock(SKU_1, id()), new ReleaseStock(SKU_2, id()));
        expectWaiting(OrderStep.COMPENSATION, 1, Duration.ofSeconds(30));
    }

    @Test
    void voidsThePaymentWhenCancelledWhileAuthorising() {
        whenAfter(cancellationRequested(), allReserved())
                .expectDispatchedCommands(
                        new VoidPayment(paymentId(), id()),
                        new ReleaseStock(SKU_1, id()),
                        new ReleaseStock(SKU_2, id()));
    }

    @Test
    void voidsThePaymentWhenCancelledWhileCapturing() {
        whenAfter(cancellationRequested(), untilAuthorised())
                .expectDispatchedCommands(
                        new VoidPayment(paymentId(), id()),
                        new ReleaseStock(SKU_1, id()),
                        new ReleaseStock(SKU_2, id()));
    }

    @Test
    void finishesDebitingBeforeItUndoesACancelledOrder() {
        whenAfter(cancellationRequested(), untilCaptured(), debited(SKU_1)).expectNoDispatchedCommands();
        expectWaiting(OrderStep.CONFIRMATION, 1, Duration.ofSeconds(30));
    }

    @Test
    void refundsAndRestocksWhatWasDebitedWhenCancelledWhileConfirming() {
        whenAfter(debited(SKU_2), untilCaptured(), debited(SKU_1), cancellationRequested())
                .expectDispatchedCommands(new VoidPayment(paymentId(), id()), restock(SKU_1, 5), restock(SKU_2, 1));
    }

    @Test
    void startsAnewToUndoAnOrderThatWasConfirmedLongAgo() {
        fixture.givenNoPriorActivity()
                .whenPublishingA(cancellationRequested())
                .expectActiveSagas(1)
                .expectDispatchedCommands(new VoidPayment(paymentId(), id()), restock(SKU_1, 5), restock(SKU_2, 1));
    }

    @Test
    void cancelsOnlyWhenEverythingIsUndone() {
        whenAfter(released(SKU_2), untilAuthorised(), cancellationRequested(), released(SKU_1))
                .expectNoDispatchedCommands();
        whenAfter(voided(), untilAuthorised(), cancellationRequested(), released(SKU_1), released(SKU_2))
                .expectDispatchedCommands(new CancelOrder(id()));
    }

    @Test
    void endsWhenTheOrderIsCancelled() {
        whenAfter(
                        new OrderCancelled(id(), "changed my mind"),
                        allReserved(),
                        cancellationRequested(),
                        released(SKU_1),
                        released(SKU_2),
                        voided())
                .expectActiveSagas(0);
        assertThat(schedule.all()).isEmpty();
    }

    @Test
    void cancelsAnOrderThatFailedAtTheSameMoment() {
        whenAfter(cancellationRequested(), allReserved(), declined(), released(SKU_1), released(SKU_2))
                .expectDispatchedCommands(new CancelOrder(id()));
    }

    @Test
    void undoesACancelledOrderOnce() {
        whenAfter(cancellationRequested(), allReserved(), cancellationRequested())
                .expectNoDispatchedCommands();
    }

    // refused refund

    @Test
    void asksAgainToUndoAPaymentThatTheProviderRefusedToGiveBack() {
        whenAfter(new OrderStepExpired(id(), OrderStep.COMPENSATION, 1), cancelledWithoutMoney(), refundFailed())
                .expectActiveSagas(1)
                .expectDispatchedCommands(new VoidPayment(paymentId(), id()));
        expectWaiting(OrderStep.COMPENSATION, 2, Duration.ofSeconds(60));
    }

    @Test
    void waitsForAPersonWhenTheProviderKeepsRefusing() {
        whenAfter(refundFailed(), cancelledWithoutMoney(), refundFailed())
                .expectActiveSagas(1)
                .expectNoDispatchedCommands();
        assertThat(schedule.all()).isEmpty();
    }

    @Test
    void keepsAskingForTheStockWhileTheMoneyWaitsForAPerson() {
        whenAfter(
                        new OrderStepExpired(id(), OrderStep.COMPENSATION, 1),
                        allReserved(),
                        cancellationRequested(),
                        released(SKU_1),
                        refundFailed(),
                        refundFailed())
                .expectDispatchedCommands(new ReleaseStock(SKU_2, id()));
        expectWaiting(OrderStep.COMPENSATION, 2, Duration.ofSeconds(60));
    }

    @Test
    void asksTheProviderAgainWhenNudged() {
        whenAfter(new OrderNudged(id()), cancelledWithoutMoney(), refundFailed(), refundFailed())
                .expectDispatchedCommands(new VoidPayment(paymentId(), id()));
        expectWaiting(OrderStep.COMPENSATION, 2, Duration.ofSeconds(60));
    }

    @Test
    void cancelsWhenTheMoneyIsGivenBackAfterAll() {
        whenAfter(voided(), cancelledWithoutMoney(), refundFailed(), refundFailed())
                .expectDispatchedCommands(new CancelOrder(id()));
        expectWaiting(OrderStep.COMPENSATION, 1, Duration.ofSeconds(30));
    }

    @Test
    void ignoresThatARefundOfSomePiecesFailed() {
        whenAfter(
                        refundFailed(RefundId.forIdempotencyKey(id(), "r1")),
                        cancelledWithoutMoney(),
                        refundFailed(RefundId.forIdempotencyKey(id(), "r1")))
                .expectActiveSagas(1);
        expectWaiting(OrderStep.COMPENSATION, 1, Duration.ofSeconds(30));
    }

    // nudge

    @Test
    void asksForWhatIsMissingWhenNudgedAndLeavesTheDeadline() {
        whenAfter(new OrderNudged(id()), ORDER.placed(), reserved(SKU_1))
                .expectDispatchedCommands(new ReserveStock(SKU_2, id(), 1));
        expectWaiting(OrderStep.RESERVATION, 1, Duration.ofSeconds(30));
    }

    @Test
    void ignoresANudgeOfAnOrderThatWaitsForNothing() {
        fixture.givenNoPriorActivity()
                .whenPublishingA(new OrderNudged(id()))
                .expectActiveSagas(0)
                .expectNoDispatchedCommands();
    }

    @Test
    void doesNotMixOrders() {
        SampleOrder other = anOrder().withKey("another").of("SKU-1", 1);
        fixture.givenAPublished(ORDER.placed())
                .andThenAPublished(other.placed())
                .whenPublishingA(new StockReserved(SKU_1, other.orderId(), 1, 1))
                .expectActiveSagas(2)
                .expectDispatchedCommands(new AuthorizePayment(
                        PaymentId.forOrder(other.orderId()), other.orderId(), other.total(), "card", "tok_ok"));
    }

    /** Publishes an event after a history, in which arrays of events stand for their elements. */
    private FixtureExecutionResult whenAfter(Object event, Object... history) {
        return SagaFixture.given(fixture, flat(history)).whenPublishingA(event);
    }

    private static List<Object> flat(Object... nested) {
        List<Object> events = new ArrayList<>();
        for (Object element : nested) {
            if (element instanceof Object[] elements) {
                events.addAll(flat(elements));
            } else {
                events.add(element);
            }
        }
        return events;
    }

    private void expectWaiting(OrderStep step, int attempt, Duration limit) {
        assertThat(schedule.all().values())
                .containsExactly(new RecordedSchedule.Scheduled(
                        SagaFixture.NOW.plus(limit), new ExpireOrderStep(id(), step, attempt)));
    }

    // Fresh but equal identifiers at every call: sagas are found by their text, not by the instance.
    private static OrderId id() {
        return OrderId.of(ORDER.orderId().toString());
    }

    private static PaymentId paymentId() {
        return PaymentId.forOrder(id());
    }

    private static StockReserved reserved(Sku sku) {
        return new StockReserved(sku, id(), 1, 1);
    }

    private static StockReleased released(Sku sku) {
        return new StockReleased(sku, id(), 1, 0);
    }

    private static StockDebited debited(Sku sku) {
        return new StockDebited(sku, id(), 10, 1, 9, 0);
    }

    private static PaymentAuthorized authorised() {
        return new PaymentAuthorized(paymentId(), id(), "ref", List.of());
    }

    private static PaymentCaptured captured() {
        return new PaymentCaptured(paymentId(), id(), ORDER.total(), List.of());
    }

    private static PaymentDeclined declined() {
        return new PaymentDeclined(paymentId(), id(), new ProviderRefusal("insufficient_funds", "no money"), List.of());
    }

    private static RejectOrder rejected(Code code, String message) {
        return new RejectOrder(id(), new RejectionReason(code, message, List.of()));
    }

    private static OrderCancellationRequested cancellationRequested() {
        return new OrderCancellationRequested(id(), "changed my mind", ORDER.lines(), ORDER.total());
    }

    private static RestockReturned restock(Sku sku, long quantity) {
        return new RestockReturned(sku, id(), quantity, id().value());
    }

    private static PaymentVoided voided() {
        return new PaymentVoided(paymentId(), id(), null, List.of());
    }

    private static PaymentRefundFailed refundFailed() {
        return refundFailed(new RefundId(id().value()));
    }

    private static PaymentRefundFailed refundFailed(RefundId refundId) {
        return new PaymentRefundFailed(
                paymentId(), id(), refundId, new ProviderRefusal("account_closed", "account closed"), List.of());
    }

    private static Object[] cancelledWithoutMoney() {
        return new Object[] {untilAuthorised(), cancellationRequested(), released(SKU_1), released(SKU_2)};
    }

    private static Object[] allReserved() {
        return new Object[] {ORDER.placed(), reserved(SKU_1), reserved(SKU_2)};
    }

    private static Object[] untilAuthorised() {
        return new Object[] {allReserved(), authorised()};
    }

    private static Object[] untilCaptured() {
        return new Object[] {untilAuthorised(), captured()};
    }
}
