package io.orderworkflow.order;

import static io.orderworkflow.api.Amounts.eur;
import static io.orderworkflow.api.Amounts.usd;
import static io.orderworkflow.api.SampleOrder.anOrder;
import static org.assertj.core.api.Assertions.assertThat;

import io.orderworkflow.api.OrderId;
import io.orderworkflow.api.RefundId;
import io.orderworkflow.api.Refusal;
import io.orderworkflow.api.SampleOrder;
import io.orderworkflow.api.Sku;
import io.orderworkflow.api.order.CancelOrder;
import io.orderworkflow.api.order.ConfirmOrder;
import io.orderworkflow.api.order.DeliverOrder;
import io.orderworkflow.api.order.ExpireOrderStep;
import io.orderworkflow.api.order.ExpireRefundAttempt;
import io.orderworkflow.api.order.NudgeOrder;
import io.orderworkflow.api.order.NudgeRefund;
import io.orderworkflow.api.order.OrderCancellationRequested;
import io.orderworkflow.api.order.OrderCancelled;
import io.orderworkflow.api.order.OrderConfirmed;
import io.orderworkflow.api.order.OrderDelivered;
import io.orderworkflow.api.order.OrderNudged;
import io.orderworkflow.api.order.OrderRefundRequested;
import io.orderworkflow.api.order.OrderRejected;
import io.orderworkflow.api.order.OrderShipped;
import io.orderworkflow.api.order.OrderStep;
import io.orderworkflow.api.order.OrderStepExpired;
import io.orderworkflow.api.order.Pieces;
import io.orderworkflow.api.order.RefundAttemptExpired;
import io.orderworkflow.api.order.RefundNudged;
import io.orderworkflow.api.order.RejectOrder;
import io.orderworkflow.api.order.RejectionReason;
import io.orderworkflow.api.order.RequestOrderCancellation;
import io.orderworkflow.api.order.RequestRefund;
import io.orderworkflow.api.order.ShipOrder;
import io.orderworkflow.api.order.Shipment;
import io.orderworkflow.platform.CommandRefusedException;
import java.time.Instant;
import java.util.List;
import org.axonframework.test.aggregate.AggregateTestFixture;
import org.axonframework.test.aggregate.FixtureConfiguration;
import org.axonframework.test.aggregate.ResultValidator;
import org.axonframework.test.aggregate.TestExecutor;
import org.axonframework.test.matchers.Matchers;
import org.junit.jupiter.api.Test;

class OrderTest {

    private static final SampleOrder ORDER =
            anOrder().of("SKU-1", 2).at(eur("9.90")).of("SKU-2", 1).at(eur("0.25"));
    private static final OrderId ID = ORDER.orderId();
    private static final Sku SKU_1 = new Sku("SKU-1");
    private static final Sku SKU_2 = new Sku("SKU-2");
    private static final Shipment SHIPMENT = new Shipment("Snail", "S-1");
    private static final RejectionReason DECLINED =
            new RejectionReason(RejectionReason.Code.PAYMENT_DECLINED, "declined", List.of());

    private final FixtureConfiguration<Order> fixture = new AggregateTestFixture<>(Order.class);

    @Test
    void acceptsAnOrderAtTheSumOfItsLines() {
        assertThat(ORDER.placed().total()).isEqualTo(eur("20.05"));
        fixture.givenNoPriorActivity().when(ORDER.place()).expectEvents(ORDER.placed());
    }

    @Test
    void changesNothingWhenTheSameRequestIsRepeated() {
        fixture.given(ORDER.placed())
                .when(ORDER.place())
                .expectSuccessfulHandlerExecution()
                .expectNoEvents();
    }

    @Test
    void answersARepeatEvenIfThePriceHasChangedMeanwhile() {
        fixture.given(ORDER.placed())
                .when(ORDER.at(eur("7.00")).place())
                .expectSuccessfulHandlerExecution()
                .expectNoEvents();
    }

    @Test
    void refusesAnotherRequestWithTheSameKey() {
        expectRefusal(
                fixture.given(ORDER.placed())
                        .when(ORDER.requestedAs("fingerprint-2").place()),
                Refusal.Code.IDEMPOTENCY_KEY_REUSED);
    }

    @Test
    void refusesAnotherRequestWithTheSameKeyAfterTheOrderIsSettled() {
        expectRefusal(
                fixture.given(ORDER.placed(), new OrderConfirmed(ID))
                        .when(ORDER.requestedAs("fingerprint-2").place()),
                Refusal.Code.IDEMPOTENCY_KEY_REUSED);
    }

    @Test
    void refusesLinesInSeveralCurrencies() {
        expectRefusal(
                fixture.givenNoPriorActivity()
                        .when(ORDER.of("SKU-3", 1).at(usd("1.00")).place()),
                Refusal.Code.UNPAYABLE_TOTAL);
    }

    @Test
    void isConfirmed() {
        fixture.given(ORDER.placed()).when(new ConfirmOrder(ID)).expectEvents(new OrderConfirmed(ID));
    }

    @Test
    void isRejected() {
        fixture.given(ORDER.placed()).when(new RejectOrder(ID, DECLINED)).expectEvents(new OrderRejected(ID, DECLINED));
    }

    @Test
    void isSettledOnce() {
        fixture.given(ORDER.placed(), new OrderConfirmed(ID))
                .when(new ConfirmOrder(ID))
                .expectNoEvents();
        fixture.given(ORDER.placed(), new OrderConfirmed(ID))
                .when(new RejectOrder(ID, DECLINED))
                .expectNoEvents();
        fixture.given(ORDER.placed(), new OrderRejected(ID, DECLINED))
                .when(new ConfirmOrder(ID))
                .expectNoEvents();
        fixture.given(ORDER.placed(), new OrderRejected(ID, DECLINED))
                .when(new RejectOrder(ID, DECLINED))
                .expectNoEvents();
    }

    @Test
    void recordsAnExpiredStepOnce() {
        ExpireOrderStep expire = new ExpireOrderStep(ID, OrderStep.RESERVATION, 1);
        OrderStepExpired expired = new OrderStepExpired(ID, OrderStep.RESERVATION, 1);
        fixture.given(ORDER.placed()).when(expire).expectEvents(expired);
        fixture.given(ORDER.placed(), expired).when(expire).expectNoEvents();
    }

    @Test
    void recordsEveryAttemptOfAStepThatIsRepeated() {
        fixture.given(ORDER.placed(), new OrderStepExpired(ID, OrderStep.COMPENSATION, 1))
                .when(new ExpireOrderStep(ID, OrderStep.COMPENSATION, 2))
                .expectEvents(new OrderStepExpired(ID, OrderStep.COMPENSATION, 2));
    }

    @Test
    void ignoresThatAStepExpiredAfterTheOrderWasSettled() {
        fixture.given(ORDER.placed(), new OrderConfirmed(ID))
                .when(new ExpireOrderStep(ID, OrderStep.CAPTURE, 1))
                .expectNoEvents();
    }

    @Test
    void stillRecordsThatUndoingExpiredAfterTheOrderWasRejected() {
        fixture.given(ORDER.placed(), new OrderRejected(ID, DECLINED))
                .when(new ExpireOrderStep(ID, OrderStep.COMPENSATION, 1))
                .expectEvents(new OrderStepExpired(ID, OrderStep.COMPENSATION, 1));
    }

    @Test
    void isCancelledWhenSomebodyAsksAndEverythingIsUndone() {
        fixture.given(ORDER.placed())
                .when(new RequestOrderCancellation(ID, "changed my mind"))
                .expectEvents(cancellationRequested());
        fixture.given(ORDER.placed(), cancellationRequested())
                .when(new CancelOrder(ID))
                .expectEvents(new OrderCancelled(ID, "changed my mind"));
    }

    @Test
    void canBeCancelledAfterItWasConfirmed() {
        fixture.given(ORDER.placed(), new OrderConfirmed(ID))
                .when(new RequestOrderCancellation(ID, "changed my mind"))
                .expectEvents(cancellationRequested());
    }

    @Test
    void isCancelledOnce() {
        fixture.given(ORDER.placed(), cancellationRequested())
                .when(new RequestOrderCancellation(ID, "again"))
                .expectSuccessfulHandlerExecution()
                .expectNoEvents();
        fixture.given(ORDER.placed(), cancellationRequested(), new OrderCancelled(ID, "changed my mind"))
                .when(new RequestOrderCancellation(ID, "again"))
                .expectSuccessfulHandlerExecution()
                .expectNoEvents();
        fixture.given(ORDER.placed(), cancellationRequested(), new OrderCancelled(ID, "changed my mind"))
                .when(new CancelOrder(ID))
                .expectNoEvents();
    }

    @Test
    void isNotCancelledUnlessSomebodyAsks() {
        fixture.given(ORDER.placed()).when(new CancelOrder(ID)).expectNoEvents();
    }

    @Test
    void isNeitherConfirmedNorRejectedWhileItIsBeingCancelled() {
        fixture.given(ORDER.placed(), cancellationRequested())
                .when(new ConfirmOrder(ID))
                .expectNoEvents();
        fixture.given(ORDER.placed(), cancellationRequested())
                .when(new RejectOrder(ID, DECLINED))
                .expectNoEvents();
    }

    @Test
    void cannotBeCancelledOnceItIsShippedOrRejected() {
        RequestOrderCancellation cancel = new RequestOrderCancellation(ID, "too late");
        expectRefusal(
                fixture.given(ORDER.placed(), new OrderConfirmed(ID), new OrderShipped(ID, SHIPMENT))
                        .when(cancel),
                Refusal.Code.ORDER_NOT_CANCELLABLE);
        expectRefusal(
                fixture.given(ORDER.placed(), new OrderRejected(ID, DECLINED)).when(cancel),
                Refusal.Code.ORDER_NOT_CANCELLABLE);
    }

    @Test
    void isShippedAndDeliveredOnce() {
        fixture.given(ORDER.placed(), new OrderConfirmed(ID))
                .when(new ShipOrder(ID, SHIPMENT))
                .expectEvents(new OrderShipped(ID, SHIPMENT));
        fixture.given(ORDER.placed(), new OrderConfirmed(ID), new OrderShipped(ID, SHIPMENT))
                .when(new ShipOrder(ID, SHIPMENT))
                .expectSuccessfulHandlerExecution()
                .expectNoEvents();
        fixture.given(ORDER.placed(), new OrderConfirmed(ID), new OrderShipped(ID, SHIPMENT))
                .when(new DeliverOrder(ID, null))
                .expectEvents(new OrderDelivered(ID, null));
        fixture.given(
                        ORDER.placed(),
                        new OrderConfirmed(ID),
                        new OrderShipped(ID, SHIPMENT),
                        new OrderDelivered(ID, null))
                .when(new DeliverOrder(ID, null))
                .expectSuccessfulHandlerExecution()
                .expectNoEvents();
    }

    @Test
    void isNotDeliveredBeforeItIsShipped() {
        Instant shippedAt = Instant.parse("2026-11-21T10:15:30Z");
        expectRefusal(
                shippedAt(shippedAt).when(new DeliverOrder(ID, shippedAt.minusMillis(1))),
                Refusal.Code.DELIVERED_BEFORE_SHIPPED);
        shippedAt(shippedAt).when(new DeliverOrder(ID, shippedAt)).expectEvents(new OrderDelivered(ID, shippedAt));
    }

    private TestExecutor<Order> shippedAt(Instant time) {
        return fixture.givenCurrentTime(time)
                .andGiven(ORDER.placed(), new OrderConfirmed(ID), new OrderShipped(ID, SHIPMENT));
    }

    @Test
    void isNotShippedUnlessItIsConfirmedAndNotBeingCancelled() {
        expectRefusal(
                fixture.given(ORDER.placed()).when(new ShipOrder(ID, SHIPMENT)), Refusal.Code.ORDER_NOT_CONFIRMED);
        expectRefusal(
                fixture.given(ORDER.placed(), new OrderConfirmed(ID), cancellationRequested())
                        .when(new ShipOrder(ID, SHIPMENT)),
                Refusal.Code.ORDER_NOT_CONFIRMED);
        expectRefusal(
                fixture.given(ORDER.placed(), new OrderConfirmed(ID)).when(new DeliverOrder(ID, null)),
                Refusal.Code.ORDER_NOT_SHIPPED);
    }

    @Test
    void refundsPiecesAtWhatTheyCost() {
        fixture.given(ORDER.placed(), new OrderConfirmed(ID))
                .when(refund("r1", new Pieces(SKU_1, 1)))
                .expectEvents(refunded("r1", "9.90", new Pieces(SKU_1, 1)));
    }

    @Test
    void refundsEverythingThatIsLeftUnlessPiecesAreNamed() {
        fixture.given(ORDER.placed(), new OrderConfirmed(ID), refunded("r1", "9.90", new Pieces(SKU_1, 1)))
                .when(refund("r2"))
                .expectEvents(refunded("r2", "10.15", new Pieces(SKU_1, 1), new Pieces(SKU_2, 1)));
    }

    @Test
    void repeatsNoRefund() {
        fixture.given(ORDER.placed(), new OrderConfirmed(ID), refunded("r1", "9.90", new Pieces(SKU_1, 1)))
                .when(refund("r1", new Pieces(SKU_1, 1)))
                .expectSuccessfulHandlerExecution()
                .expectNoEvents();
    }

    @Test
    void refusesAnotherRefundWithTheSameKey() {
        expectRefusal(
                fixture.given(ORDER.placed(), new OrderConfirmed(ID), refunded("r1", "9.90", new Pieces(SKU_1, 1)))
                        .when(refund("r1", new Pieces(SKU_2, 1))),
                Refusal.Code.IDEMPOTENCY_KEY_REUSED);
    }

    @Test
    void refusesToRefundMoreThanIsLeft() {
        expectRefusal(
                fixture.given(ORDER.placed(), new OrderConfirmed(ID), refunded("r1", "9.90", new Pieces(SKU_1, 1)))
                        .when(refund("r2", new Pieces(SKU_1, 2))),
                Refusal.Code.REFUND_EXCEEDS_ORDER);
        expectRefusal(
                fixture.given(ORDER.placed(), new OrderConfirmed(ID)).when(refund("r1", new Pieces(new Sku("X"), 1))),
                Refusal.Code.NOT_ORDERED);
        expectRefusal(fixture.given(ORDER.placed()).when(refund("r1")), Refusal.Code.ORDER_NOT_REFUNDABLE);
    }

    @Test
    void splitsLinesOfOneProductAtSeveralPricesExactly() {
        SampleOrder mixed =
                anOrder().of("SKU-1", 2).at(eur("9.90")).of("SKU-1", 2).at(eur("5.05"));
        OrderRefundRequested first = new OrderRefundRequested(
                ID, refundId("r1"), List.of(new Pieces(SKU_1, 3)), eur("24.85"), "broken", true);
        fixture.given(mixed.placed(), new OrderConfirmed(ID))
                .when(refund("r1", new Pieces(SKU_1, 3)))
                .expectEvents(first);
        fixture.given(mixed.placed(), new OrderConfirmed(ID), first)
                .when(refund("r2"))
                .expectEvents(new OrderRefundRequested(
                        ID, refundId("r2"), List.of(new Pieces(SKU_1, 1)), eur("5.05"), "broken", true));
    }

    @Test
    void recordsAnExpiredAttemptOfARefundOnce() {
        OrderRefundRequested requested = refunded("r1", "9.90", new Pieces(SKU_1, 1));
        ExpireRefundAttempt expire = new ExpireRefundAttempt(ID, refundId("r1"), 1);
        RefundAttemptExpired expired = new RefundAttemptExpired(ID, refundId("r1"), 1);
        fixture.given(ORDER.placed(), new OrderConfirmed(ID), requested)
                .when(expire)
                .expectEvents(expired);
        fixture.given(ORDER.placed(), new OrderConfirmed(ID), requested, expired)
                .when(expire)
                .expectNoEvents();
        fixture.given(ORDER.placed(), new OrderConfirmed(ID)).when(expire).expectNoEvents();
    }

    @Test
    void recordsEveryNudge() {
        fixture.given(ORDER.placed(), new OrderNudged(ID))
                .when(new NudgeOrder(ID))
                .expectEvents(new OrderNudged(ID));
    }

    @Test
    void recordsNudgesOfItsOwnRefundsOnly() {
        NudgeRefund nudge = new NudgeRefund(ID, refundId("r1"));
        fixture.given(ORDER.placed(), new OrderConfirmed(ID), refunded("r1", "9.90", new Pieces(SKU_1, 1)))
                .when(nudge)
                .expectEvents(new RefundNudged(ID, refundId("r1")));
        fixture.given(ORDER.placed(), new OrderConfirmed(ID)).when(nudge).expectNoEvents();
    }

    private static OrderCancellationRequested cancellationRequested() {
        return new OrderCancellationRequested(ID, "changed my mind", ORDER.lines(), ORDER.total());
    }

    private static RequestRefund refund(String key, Pieces... pieces) {
        return new RequestRefund(ID, refundId(key), List.of(pieces), "broken", true);
    }

    private static OrderRefundRequested refunded(String key, String amount, Pieces... pieces) {
        return new OrderRefundRequested(ID, refundId(key), List.of(pieces), eur(amount), "broken", true);
    }

    private static RefundId refundId(String key) {
        return RefundId.forIdempotencyKey(ID, key);
    }

    private static void expectRefusal(ResultValidator<Order> result, Refusal.Code code) {
        result.expectNoEvents()
                .expectException(CommandRefusedException.class)
                .expectExceptionDetails(Matchers.<Object>predicate(details -> ((Refusal) details).code() == code));
    }
}
