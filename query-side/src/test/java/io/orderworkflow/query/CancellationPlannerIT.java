package io.orderworkflow.query;

import static io.orderworkflow.api.Amounts.eur;
import static io.orderworkflow.api.SampleOrder.anOrder;
import static org.assertj.core.api.Assertions.assertThat;

import io.orderworkflow.api.OrderId;
import io.orderworkflow.api.PaymentId;
import io.orderworkflow.api.RefundId;
import io.orderworkflow.api.SampleOrder;
import io.orderworkflow.api.Sku;
import io.orderworkflow.api.inventory.StockDebited;
import io.orderworkflow.api.inventory.StockReleased;
import io.orderworkflow.api.inventory.StockReservationRejected;
import io.orderworkflow.api.inventory.StockReserved;
import io.orderworkflow.api.inventory.StockRestocked;
import io.orderworkflow.api.order.CancellationPlan;
import io.orderworkflow.api.order.CancellationPlan.Action;
import io.orderworkflow.api.order.CancellationPlan.Code;
import io.orderworkflow.api.order.FindCancellationPlan;
import io.orderworkflow.api.order.FindOrder;
import io.orderworkflow.api.order.OrderCancellationRequested;
import io.orderworkflow.api.order.OrderCancelled;
import io.orderworkflow.api.order.OrderConfirmed;
import io.orderworkflow.api.order.OrderDelivered;
import io.orderworkflow.api.order.OrderRefundRequested;
import io.orderworkflow.api.order.OrderRejected;
import io.orderworkflow.api.order.OrderShipped;
import io.orderworkflow.api.order.OrderView;
import io.orderworkflow.api.order.Pieces;
import io.orderworkflow.api.order.RejectionReason;
import io.orderworkflow.api.order.Shipment;
import io.orderworkflow.api.payment.CaptureRequested;
import io.orderworkflow.api.payment.PaymentAuthorized;
import io.orderworkflow.api.payment.PaymentCaptured;
import io.orderworkflow.api.payment.PaymentRequested;
import io.orderworkflow.api.payment.PaymentVoided;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.axonframework.messaging.responsetypes.ResponseTypes;
import org.axonframework.queryhandling.QueryGateway;
import org.junit.jupiter.api.Test;

@QuerySideTest
class CancellationPlannerIT {

    private static final AtomicInteger ORDERS = new AtomicInteger();

    private final History history;
    private final QueryGateway queries;
    private final String key = "plan-" + ORDERS.incrementAndGet();
    private final Sku first = new Sku(key + "-A");
    private final Sku second = new Sku(key + "-B");
    private final SampleOrder order = anOrder()
            .withKey(key)
            .of(second.value(), 1)
            .at(eur("1"))
            .of(first.value(), 2)
            .at(eur("9.90"))
            .of(first.value(), 1)
            .at(eur("9.90"));
    private final OrderId orderId = order.orderId();
    private final PaymentId paymentId = PaymentId.forOrder(orderId);

    CancellationPlannerIT(History history, QueryGateway queries) {
        this.history = history;
        this.queries = queries;
    }

    @Test
    void releasesWhatIsSetAsideAndWhatMayBeByThen() {
        history.happens(order.placed(), reserved(second, 1));

        CancellationPlan plan = plan();

        assertThat(plan.refusal()).isNull();
        assertThat(plan.actions())
                .containsExactly(
                        new Action(
                                Code.RELEASE_STOCK,
                                "whatever is set aside of 3 × " + first + " by then is available again",
                                first,
                                null,
                                null),
                        new Action(
                                Code.RELEASE_STOCK,
                                "1 × " + second + " that are set aside are available again",
                                second,
                                1L,
                                null),
                        new Action(Code.CANCEL_ORDER, "the order is cancelled", null, null, null));
        assertThat(plan.moneyReturned()).isEqualTo(eur("0"));
        assertThat(plan.stockReturned()).containsExactly(new Pieces(second, 1));
    }

    @Test
    void givesNothingBackOfWhatWasShort() {
        history.happens(order.placed(), new StockReservationRejected(first, orderId, 3, 0), reserved(second, 1));

        assertThat(plan().stockReturned()).containsExactly(new Pieces(second, 1));
        assertThat(codes()).containsExactly(Code.RELEASE_STOCK, Code.CANCEL_ORDER);
    }

    @Test
    void callsThePaymentOffFirst() {
        history.happens(order.placed(), reserved(first, 3), reserved(second, 1), requested());
        assertThat(texts())
                .first()
                .isEqualTo("the payment of 30.70 EUR is called off; if the provider holds the money"
                        + " by then, it is let go");

        history.happens(authorized());
        assertThat(texts()).first().isEqualTo("the payment of 30.70 EUR is called off; the held money is let go");

        history.happens(new CaptureRequested(paymentId, orderId, order.total()));
        assertThat(texts())
                .first()
                .isEqualTo(
                        "the payment of 30.70 EUR is called off; if the money is taken by then," + " it is given back");
        assertThat(codes())
                .containsExactly(Code.VOID_PAYMENT, Code.RELEASE_STOCK, Code.RELEASE_STOCK, Code.CANCEL_ORDER);
        assertThat(plan().moneyReturned()).isEqualTo(eur("0"));
    }

    @Test
    void finishesWhatIsBeingTakenOutOfStockBeforeItIsPutBack() {
        history.happens(
                order.placed(),
                reserved(first, 3),
                reserved(second, 1),
                requested(),
                authorized(),
                captured(),
                debited(first, 3));

        assertThat(codes())
                .containsExactly(Code.FINISH_DEBIT, Code.REFUND_PAYMENT, Code.RESTOCK, Code.RESTOCK, Code.CANCEL_ORDER);
        assertThat(plan().stockReturned()).containsExactly(new Pieces(first, 3), new Pieces(second, 1));
    }

    @Test
    void givesEverythingBackOfAConfirmedOrder() {
        confirm();

        CancellationPlan plan = plan();

        assertThat(plan.actions())
                .extracting(Action::code, Action::text)
                .containsExactly(
                        tuple(Code.REFUND_PAYMENT, "30.70 EUR are given back"),
                        tuple(Code.RESTOCK, "3 × " + first + " are put back on the shelves"),
                        tuple(Code.RESTOCK, "1 × " + second + " are put back on the shelves"),
                        tuple(Code.CANCEL_ORDER, "the order is cancelled"));
        assertThat(plan.moneyReturned()).isEqualTo(eur("30.70"));
        assertThat(plan.version()).isEqualTo(find().version());
    }

    @Test
    void tellsWhatIsLeftToDoOfACancellationThatIsUnderWay() {
        confirm();
        history.happens(
                new OrderCancellationRequested(orderId, "changed my mind", order.lines(), order.total()),
                new PaymentVoided(paymentId, orderId, order.total(), List.of()),
                new StockRestocked(first, orderId, 3, 7, 10, orderId.value()));
        assertThat(codes()).containsExactly(Code.RESTOCK, Code.CANCEL_ORDER);
        assertThat(plan().stockReturned()).containsExactly(new Pieces(second, 1));

        history.happens(
                new StockRestocked(second, orderId, 1, 9, 10, orderId.value()),
                new OrderCancelled(orderId, "changed my mind"));
        assertThat(plan().actions()).isEmpty();
        assertThat(plan().refusal()).isNull();
    }

    @Test
    void saysWhyAnOrderCannotBeCancelled() {
        confirm();
        history.happens(new OrderRefundRequested(
                orderId,
                RefundId.forIdempotencyKey(orderId, "r"),
                List.of(new Pieces(first, 1)),
                eur("9.90"),
                "broken",
                false));
        assertThat(plan().refusal()).isEqualTo("an order of which something was refunded cannot be cancelled");

        history.happens(new OrderShipped(orderId, new Shipment("Post", "RR 1")));
        assertThat(plan().refusal()).isEqualTo("an order that is shipped cannot be cancelled");
        assertThat(plan().actions()).isEmpty();

        history.happens(new OrderDelivered(orderId, null));
        assertThat(plan().refusal()).isEqualTo("an order that is delivered cannot be cancelled");
    }

    @Test
    void doesNotCancelWhatIsRejected() {
        history.happens(
                order.placed(),
                reserved(first, 3),
                new OrderRejected(
                        orderId, new RejectionReason(RejectionReason.Code.STOCK_TIMEOUT, "too late", List.of())),
                new StockReleased(first, orderId, 3, 0));

        assertThat(plan().refusal()).isEqualTo("an order that is rejected cannot be cancelled");
    }

    @Test
    void hasNoPlanForAnUnknownOrder() {
        assertThat(ask()).isEmpty();
    }

    private void confirm() {
        history.happens(
                order.placed(),
                reserved(first, 3),
                reserved(second, 1),
                requested(),
                authorized(),
                captured(),
                debited(first, 3),
                debited(second, 1),
                new OrderConfirmed(orderId));
    }

    private StockReserved reserved(Sku sku, long pieces) {
        return new StockReserved(sku, orderId, pieces, pieces);
    }

    private StockDebited debited(Sku sku, long pieces) {
        return new StockDebited(sku, orderId, 10, pieces, 10 - pieces, 0);
    }

    private PaymentRequested requested() {
        return new PaymentRequested(paymentId, orderId, order.total(), "card", "tok_ok");
    }

    private PaymentAuthorized authorized() {
        return new PaymentAuthorized(paymentId, orderId, "reference", List.of());
    }

    private PaymentCaptured captured() {
        return new PaymentCaptured(paymentId, orderId, order.total(), List.of());
    }

    private static org.assertj.core.groups.Tuple tuple(Object... values) {
        return org.assertj.core.groups.Tuple.tuple(values);
    }

    private List<Code> codes() {
        return plan().actions().stream().map(Action::code).toList();
    }

    private List<String> texts() {
        return plan().actions().stream().map(Action::text).toList();
    }

    private CancellationPlan plan() {
        return ask().orElseThrow();
    }

    private Optional<CancellationPlan> ask() {
        return queries.query(
                        new FindCancellationPlan(orderId), ResponseTypes.optionalInstanceOf(CancellationPlan.class))
                .join();
    }

    private OrderView find() {
        return queries.query(new FindOrder(orderId), ResponseTypes.instanceOf(OrderView.class))
                .join();
    }
}
