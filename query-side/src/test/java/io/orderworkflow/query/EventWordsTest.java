package io.orderworkflow.query;

import static io.orderworkflow.api.Amounts.eur;
import static io.orderworkflow.api.SampleOrder.anOrder;
import static io.orderworkflow.api.SampleOrder.orderId;
import static org.assertj.core.api.Assertions.assertThat;

import io.orderworkflow.api.OrderId;
import io.orderworkflow.api.PaymentId;
import io.orderworkflow.api.RefundId;
import io.orderworkflow.api.Sku;
import io.orderworkflow.api.inventory.StockDebited;
import io.orderworkflow.api.inventory.StockReleased;
import io.orderworkflow.api.inventory.StockReservationRejected;
import io.orderworkflow.api.inventory.StockReserved;
import io.orderworkflow.api.inventory.StockRestocked;
import io.orderworkflow.api.order.OrderCancellationRequested;
import io.orderworkflow.api.order.OrderCancelled;
import io.orderworkflow.api.order.OrderConfirmed;
import io.orderworkflow.api.order.OrderDelivered;
import io.orderworkflow.api.order.OrderEvent;
import io.orderworkflow.api.order.OrderNudged;
import io.orderworkflow.api.order.OrderRefundRequested;
import io.orderworkflow.api.order.OrderRejected;
import io.orderworkflow.api.order.OrderShipped;
import io.orderworkflow.api.order.OrderStep;
import io.orderworkflow.api.order.OrderStepExpired;
import io.orderworkflow.api.order.Pieces;
import io.orderworkflow.api.order.RefundAttemptExpired;
import io.orderworkflow.api.order.RefundNudged;
import io.orderworkflow.api.order.RejectionReason;
import io.orderworkflow.api.order.Shipment;
import io.orderworkflow.api.payment.CaptureRequested;
import io.orderworkflow.api.payment.PaymentAuthorized;
import io.orderworkflow.api.payment.PaymentCaptureFailed;
import io.orderworkflow.api.payment.PaymentCaptured;
import io.orderworkflow.api.payment.PaymentDeclined;
import io.orderworkflow.api.payment.PaymentEvent;
import io.orderworkflow.api.payment.PaymentRefundFailed;
import io.orderworkflow.api.payment.PaymentRefunded;
import io.orderworkflow.api.payment.PaymentRequested;
import io.orderworkflow.api.payment.PaymentVoided;
import io.orderworkflow.api.payment.ProviderAttempt;
import io.orderworkflow.api.payment.ProviderAttempt.Action;
import io.orderworkflow.api.payment.ProviderAttempt.Outcome;
import io.orderworkflow.api.payment.ProviderRefusal;
import io.orderworkflow.api.payment.RefundRequested;
import io.orderworkflow.api.payment.VoidRequested;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class EventWordsTest {

    private static final OrderId ORDER_ID = orderId("an-order");
    private static final PaymentId PAYMENT_ID = PaymentId.forOrder(ORDER_ID);
    private static final RefundId REFUND_ID = RefundId.forIdempotencyKey(ORDER_ID, "refund");
    private static final Sku SKU = new Sku("SKU-7");
    private static final ProviderRefusal REFUSAL = new ProviderRefusal("insufficient_funds", "insufficient funds");
    private static final List<ProviderAttempt> AT_ONCE = List.of(attempt(Outcome.SUCCEEDED, "done"));
    private static final List<ProviderAttempt> AT_LAST = List.of(
            attempt(Outcome.UNAVAILABLE, "the provider was not available"),
            attempt(Outcome.NO_ANSWER, "no answer came"),
            attempt(Outcome.SUCCEEDED, "done"));

    private static ProviderAttempt attempt(Outcome outcome, String detail) {
        return new ProviderAttempt(Action.AUTHORIZATION, Instant.EPOCH, outcome, detail);
    }

    static Stream<Arguments> events() {
        return Stream.of(
                Arguments.of(
                        anOrder()
                                .of("SKU-7", 2)
                                .at(eur("9.90"))
                                .of("SKU-9", 1)
                                .at(eur("1"))
                                .placed(),
                        "order placed by customer-1: 2 × SKU-7, 1 × SKU-9, 20.80 EUR altogether"),
                Arguments.of(new OrderConfirmed(ORDER_ID), "order confirmed"),
                Arguments.of(
                        new RefundAttemptExpired(ORDER_ID, new RefundId(ORDER_ID.value()), 1),
                        "the refund was not done in time"),
                Arguments.of(new OrderNudged(ORDER_ID), "an operator wanted to have it asked again"),
                Arguments.of(
                        new RefundNudged(ORDER_ID, new RefundId(ORDER_ID.value())),
                        "an operator wanted to have it asked again"),
                Arguments.of(
                        new OrderRejected(
                                ORDER_ID,
                                new RejectionReason(RejectionReason.Code.OUT_OF_STOCK, "SKU-9 is short", List.of())),
                        "order rejected: SKU-9 is short"),
                Arguments.of(
                        new OrderStepExpired(ORDER_ID, OrderStep.AUTHORIZATION, 1),
                        "the payment was not answered in time"),
                Arguments.of(new StockReserved(SKU, ORDER_ID, 2, 2), "2 × SKU-7 set aside"),
                Arguments.of(
                        new StockReservationRejected(SKU, ORDER_ID, 5, 2), "SKU-7 short: 5 asked for, 2 available"),
                Arguments.of(new StockReleased(SKU, ORDER_ID, 2, 0), "2 × SKU-7 given back"),
                Arguments.of(new StockReleased(SKU, ORDER_ID, 0, 0), "nothing of SKU-7 had been set aside"),
                Arguments.of(new StockDebited(SKU, ORDER_ID, 10, 2, 8, 0), "2 × SKU-7 taken out of stock, 8 left"),
                Arguments.of(
                        new PaymentRequested(PAYMENT_ID, ORDER_ID, eur("20.80"), "card", "tok_ok"),
                        "payment of 20.80 EUR asked for, by card"),
                Arguments.of(
                        new PaymentAuthorized(PAYMENT_ID, ORDER_ID, "reference", AT_ONCE),
                        "payment authorised by the provider"),
                Arguments.of(
                        new PaymentAuthorized(PAYMENT_ID, ORDER_ID, "reference", AT_LAST),
                        "payment authorised by the provider"
                                + " (at attempt 3, after: the provider was not available; no answer came)"),
                Arguments.of(
                        new PaymentDeclined(PAYMENT_ID, ORDER_ID, REFUSAL, AT_ONCE),
                        "payment declined by the provider: insufficient funds"),
                Arguments.of(
                        new CaptureRequested(PAYMENT_ID, ORDER_ID, eur("20.80")),
                        "the provider was asked to take 20.80 EUR"),
                Arguments.of(new PaymentCaptured(PAYMENT_ID, ORDER_ID, eur("20.80"), AT_ONCE), "20.80 EUR taken"),
                Arguments.of(
                        new PaymentCaptureFailed(PAYMENT_ID, ORDER_ID, REFUSAL, AT_ONCE),
                        "the provider could not take the money: insufficient funds"),
                Arguments.of(
                        new VoidRequested(PAYMENT_ID, ORDER_ID, eur("20.80")),
                        "the provider was asked to undo the payment"),
                Arguments.of(
                        new PaymentVoided(PAYMENT_ID, ORDER_ID, null, AT_ONCE), "payment undone, nothing was taken"),
                Arguments.of(new PaymentVoided(PAYMENT_ID, ORDER_ID, eur("20.80"), AT_ONCE), "20.80 EUR given back"),
                Arguments.of(
                        new OrderCancellationRequested(ORDER_ID, "changed my mind", List.of(), eur("20.80")),
                        "cancellation asked for: changed my mind"),
                Arguments.of(new OrderCancelled(ORDER_ID, "changed my mind"), "order cancelled"),
                Arguments.of(
                        new OrderShipped(ORDER_ID, new Shipment("Post", "RR 1")),
                        "order handed to Post, tracking number RR 1"),
                Arguments.of(new OrderDelivered(ORDER_ID, null), "order delivered"),
                Arguments.of(
                        new OrderDelivered(ORDER_ID, Instant.parse("2026-11-21T10:15:30Z")),
                        "order delivered at 2026-11-21T10:15:30Z"),
                Arguments.of(
                        new OrderRefundRequested(
                                ORDER_ID, REFUND_ID, List.of(new Pieces(SKU, 2)), eur("19.80"), "broken", false),
                        "refund of 19.80 EUR asked for, for 2 × SKU-7: broken"),
                Arguments.of(
                        new OrderRefundRequested(
                                ORDER_ID, REFUND_ID, List.of(new Pieces(SKU, 2)), eur("19.80"), "too large", true),
                        "refund of 19.80 EUR asked for, for 2 × SKU-7 that come back: too large"),
                Arguments.of(
                        new StockRestocked(SKU, ORDER_ID, 2, 8, 10, ORDER_ID.value()),
                        "2 × SKU-7 put back on the shelves, 10 there now"),
                Arguments.of(
                        new RefundRequested(PAYMENT_ID, ORDER_ID, REFUND_ID, eur("19.80"), 1),
                        "the provider was asked to give 19.80 EUR back"),
                Arguments.of(
                        new RefundRequested(PAYMENT_ID, ORDER_ID, REFUND_ID, eur("19.80"), 2),
                        "the provider was asked to give 19.80 EUR back, for the 2. time"),
                Arguments.of(
                        new PaymentRefunded(PAYMENT_ID, ORDER_ID, REFUND_ID, eur("9.90"), eur("19.80"), AT_ONCE),
                        "9.90 EUR given back, 19.80 EUR altogether"),
                Arguments.of(
                        new PaymentRefundFailed(PAYMENT_ID, ORDER_ID, REFUND_ID, REFUSAL, AT_ONCE),
                        "the money could not be given back: insufficient funds"));
    }

    @ParameterizedTest
    @MethodSource("events")
    void sayWhatHappened(Object event, String words) {
        assertThat(EventWords.of(event)).isEqualTo(words);
    }

    @Test
    void areKnownForEveryEventOfAnOrder() {
        List<Class<?>> spoken =
                events().<Class<?>>map(event -> event.get()[0].getClass()).toList();

        assertThat(spoken)
                .contains(OrderEvent.class.getPermittedSubclasses())
                .contains(PaymentEvent.class.getPermittedSubclasses());
    }

    @ParameterizedTest
    @EnumSource
    void areDifferentForEveryStepThatTakesTooLong(OrderStep step) {
        assertThat(Stream.of(OrderStep.values())
                        .map(other -> EventWords.of(new OrderStepExpired(ORDER_ID, other, 1)))
                        .filter(EventWords.of(new OrderStepExpired(ORDER_ID, step, 1))::equals))
                .hasSize(1);
    }
}
