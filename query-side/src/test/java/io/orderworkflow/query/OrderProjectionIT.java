package io.orderworkflow.query;

import static io.orderworkflow.api.Amounts.eur;
import static io.orderworkflow.api.SampleOrder.anOrder;
import static org.assertj.core.api.Assertions.assertThat;

import io.orderworkflow.api.OrderId;
import io.orderworkflow.api.PaymentId;
import io.orderworkflow.api.RecordedEvent;
import io.orderworkflow.api.RefundId;
import io.orderworkflow.api.SampleOrder;
import io.orderworkflow.api.Sku;
import io.orderworkflow.api.inventory.StockReserved;
import io.orderworkflow.api.inventory.StockRestocked;
import io.orderworkflow.api.order.FindOrder;
import io.orderworkflow.api.order.OrderCancellationRequested;
import io.orderworkflow.api.order.OrderCancelled;
import io.orderworkflow.api.order.OrderConfirmed;
import io.orderworkflow.api.order.OrderDelivered;
import io.orderworkflow.api.order.OrderLine;
import io.orderworkflow.api.order.OrderRefundRequested;
import io.orderworkflow.api.order.OrderRejected;
import io.orderworkflow.api.order.OrderShipped;
import io.orderworkflow.api.order.OrderStatus;
import io.orderworkflow.api.order.OrderView;
import io.orderworkflow.api.order.Pieces;
import io.orderworkflow.api.order.RejectionReason;
import io.orderworkflow.api.order.RejectionReason.Shortage;
import io.orderworkflow.api.order.Shipment;
import io.orderworkflow.api.payment.PaymentAuthorized;
import io.orderworkflow.api.payment.PaymentCaptured;
import io.orderworkflow.api.payment.PaymentDeclined;
import io.orderworkflow.api.payment.PaymentRefunded;
import io.orderworkflow.api.payment.PaymentRequested;
import io.orderworkflow.api.payment.PaymentStatus;
import io.orderworkflow.api.payment.PaymentVoided;
import io.orderworkflow.api.payment.ProviderRefusal;
import io.orderworkflow.api.payment.RefundRequested;
import io.orderworkflow.query.History.Delivery;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.axonframework.messaging.responsetypes.ResponseTypes;
import org.axonframework.queryhandling.QueryGateway;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@QuerySideTest
class OrderProjectionIT {

    private static final AtomicInteger ORDERS = new AtomicInteger();
    private static final Instant NOON = Instant.parse("2026-11-21T12:00:00.123Z");

    private final History history;
    private final QueryGateway queries;
    private final SampleOrder order = anOrder()
            .withKey("order-projection-" + ORDERS.incrementAndGet())
            .of("SKU-1", 2)
            .at(eur("9.90"))
            .of("SKU-2", 1)
            .at(eur("100"));
    private final OrderId orderId = order.orderId();
    private final PaymentId paymentId = PaymentId.forOrder(orderId);

    OrderProjectionIT(History history, QueryGateway queries) {
        this.history = history;
        this.queries = queries;
    }

    @Test
    void showsAnOrderThatWasPlaced() {
        history.happensAt(NOON, order.placed());

        assertThat(found())
                .isEqualTo(new OrderView(
                        orderId,
                        order.customerId(),
                        OrderStatus.PLACED,
                        null,
                        order.lines(),
                        eur("119.80"),
                        null,
                        null,
                        null,
                        order.shippingAddress(),
                        NOON,
                        null,
                        1));
    }

    @Test
    void showsAnOrderPlacedBeforeAddressesAndCurrencyWereRecorded() {
        history.publish(List.of(RecordedEvent.orderPlaced(1, orderId, new Sku("SKU-1"))));
        history.awaitProjections();

        assertThat(found()).satisfies(shown -> {
            assertThat(shown.total()).isEqualTo(eur("39.80"));
            assertThat(shown.lines()).extracting(OrderLine::unitPrice).containsExactly(eur("19.90"));
            assertThat(shown.shippingAddress()).isNull();
        });
    }

    @Test
    void showsAllThatBuildsOfTheFirstRevisionRecorded() {
        history.publish(List.of(RecordedEvent.orderPlacedCompletelyInFirstRevision(orderId, new Sku("SKU-1"))));
        history.awaitProjections();

        assertThat(found().total()).isEqualTo(eur("39.80"));
        assertThat(found().shippingAddress()).isNotNull();
    }

    @Test
    void knowsNoOrderThatWasNotPlaced() {
        assertThat(find()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void showsAnOrderAsReservedOnceItsPaymentIsAskedFor(Delivery delivery) {
        history.happens(
                delivery, NOON, order.placed(), new StockReserved(new Sku("SKU-1"), orderId, 2, 2), requested());

        assertThat(found().status()).isEqualTo(OrderStatus.RESERVED);
        assertThat(found().payment()).isEqualTo(new OrderView.Payment(paymentId, PaymentStatus.REQUESTED));
        assertThat(found().settledAt()).isNull();
    }

    @ParameterizedTest
    @EnumSource
    void showsAnOrderAsConfirmed(Delivery delivery) {
        history.happens(delivery, NOON, order.placed(), requested(), authorized(), captured());
        history.happensAt(NOON.plusSeconds(1), new OrderConfirmed(orderId));

        assertThat(found().status()).isEqualTo(OrderStatus.CONFIRMED);
        assertThat(found().payment()).isEqualTo(new OrderView.Payment(paymentId, PaymentStatus.CAPTURED));
        assertThat(found().settledAt()).isEqualTo(NOON.plusSeconds(1));
        assertThat(found().placedAt()).isEqualTo(NOON);
    }

    @ParameterizedTest
    @EnumSource
    void showsWhyAnOrderWasRejected(Delivery delivery) {
        RejectionReason reason = new RejectionReason(
                RejectionReason.Code.OUT_OF_STOCK,
                "not enough in stock",
                List.of(new Shortage(new Sku("SKU-1"), 2, 1)));
        history.happens(delivery, NOON, order.placed(), new OrderRejected(orderId, reason));

        assertThat(found().status()).isEqualTo(OrderStatus.REJECTED);
        assertThat(found().statusReason())
                .isEqualTo(new OrderView.StatusReason("OUT_OF_STOCK", "not enough in stock", reason.shortages()));
        assertThat(found().settledAt()).isEqualTo(NOON);
    }

    @ParameterizedTest
    @EnumSource
    void takesNothingBackForAPaymentThatIsAskedForTooLate(Delivery delivery) {
        history.happens(delivery, NOON, order.placed(), rejected(), requested(), voided());

        assertThat(found().status()).isEqualTo(OrderStatus.REJECTED);
        assertThat(found().payment()).isEqualTo(new OrderView.Payment(paymentId, PaymentStatus.VOIDED));
    }

    @ParameterizedTest
    @EnumSource
    void showsAPaymentThatWasDeclinedAsDeclinedForGood(Delivery delivery) {
        PaymentDeclined declined = new PaymentDeclined(
                paymentId, orderId, new ProviderRefusal("insufficient_funds", "no money"), List.of());
        history.happens(delivery, NOON, order.placed(), requested(), declined, rejected(), voided());

        assertThat(found().payment()).isEqualTo(new OrderView.Payment(paymentId, PaymentStatus.DECLINED));
    }

    @ParameterizedTest
    @EnumSource
    void showsNoPaymentThatWasUndoneBeforeItWasAskedFor(Delivery delivery) {
        history.happens(delivery, NOON, order.placed(), rejected(), voided());

        assertThat(found().payment()).isNull();
    }

    @ParameterizedTest
    @EnumSource
    void showsThatAnOrderIsBeingCancelledAndThatItIsCancelled(Delivery delivery) {
        history.happens(delivery, NOON, order.placed(), requested(), authorized(), captured(), confirmed());
        history.happens(delivery, NOON.plusSeconds(1), cancellationRequested());

        assertThat(found().status()).isEqualTo(OrderStatus.CONFIRMED);
        assertThat(found().statusReason()).isNull();
        assertThat(found().cancellation())
                .isEqualTo(new OrderView.Cancellation(NOON.plusSeconds(1), "changed my mind"));

        history.happens(delivery, NOON.plusSeconds(2), new OrderCancelled(orderId, "changed my mind"));

        assertThat(found().status()).isEqualTo(OrderStatus.CANCELLED);
        assertThat(found().statusReason())
                .isEqualTo(new OrderView.StatusReason("CANCELLED", "changed my mind", List.of()));
        assertThat(found().settledAt()).isEqualTo(NOON.plusSeconds(2));
    }

    @ParameterizedTest
    @EnumSource
    void takesNothingBackForAPaymentThatIsAskedForWhileItIsCancelled(Delivery delivery) {
        history.happens(
                delivery,
                NOON,
                order.placed(),
                cancellationRequested(),
                new OrderCancelled(orderId, "changed my mind"),
                requested(),
                voided());

        assertThat(found().status()).isEqualTo(OrderStatus.CANCELLED);
        assertThat(found().settledAt()).isEqualTo(NOON);
    }

    @ParameterizedTest
    @EnumSource
    void showsHowAnOrderTravelsAndThatItArrived(Delivery delivery) {
        history.happens(delivery, NOON, order.placed(), confirmed(), shipped());

        assertThat(found().status()).isEqualTo(OrderStatus.SHIPPED);
        assertThat(found().shipment()).isEqualTo(new OrderView.Shipment("Post", "RR 1", NOON, null));

        history.happens(delivery, NOON.plusSeconds(2), new OrderDelivered(orderId, NOON.plusSeconds(1)));

        assertThat(found().status()).isEqualTo(OrderStatus.DELIVERED);
        assertThat(found().shipment()).isEqualTo(new OrderView.Shipment("Post", "RR 1", NOON, NOON.plusSeconds(1)));
        assertThat(found().settledAt()).isEqualTo(NOON);
    }

    @Test
    void showsAnOrderAsDeliveredWhenThatWasSaidWhereNobodyKnowsBetter() {
        history.happensAt(NOON, order.placed(), confirmed(), shipped());
        history.happensAt(NOON.plusSeconds(3), new OrderDelivered(orderId, null));

        assertThat(found().shipment())
                .extracting(OrderView.Shipment::deliveredAt)
                .isEqualTo(NOON.plusSeconds(3));
    }

    @ParameterizedTest
    @EnumSource
    void leavesTheStatusOfAnOrderThatIsRefunded(Delivery delivery) {
        history.happens(delivery, NOON, order.placed(), requested(), authorized(), captured(), confirmed(), shipped());
        RefundId refundId = RefundId.forIdempotencyKey(orderId, "r1");
        history.happens(
                delivery,
                NOON,
                new OrderRefundRequested(
                        orderId, refundId, List.of(new Pieces(new Sku("SKU-1"), 1)), eur("9.90"), "broken", true),
                new RefundRequested(paymentId, orderId, refundId, eur("9.90"), 1),
                new PaymentRefunded(paymentId, orderId, refundId, eur("9.90"), eur("9.90"), List.of()),
                new StockRestocked(new Sku("SKU-1"), orderId, 1, 8, 9, refundId.value()));

        assertThat(found().status()).isEqualTo(OrderStatus.SHIPPED);
        assertThat(found().payment()).isEqualTo(new OrderView.Payment(paymentId, PaymentStatus.PARTIALLY_REFUNDED));
        assertThat(found().version()).isEqualTo(10);
    }

    @Test
    void growsTheVersionWithEveryEvent() {
        history.happens(order.placed());
        long placed = found().version();
        history.happens(new StockReserved(new Sku("SKU-1"), orderId, 2, 2));
        long reserved = found().version();
        history.happens(requested());
        long asked = found().version();
        history.happens(authorized());

        assertThat(List.of(placed, reserved, asked, found().version()))
                .doesNotHaveDuplicates()
                .isSorted();
    }

    private OrderConfirmed confirmed() {
        return new OrderConfirmed(orderId);
    }

    private OrderCancellationRequested cancellationRequested() {
        return new OrderCancellationRequested(orderId, "changed my mind", order.lines(), order.total());
    }

    private OrderShipped shipped() {
        return new OrderShipped(orderId, new Shipment("Post", "RR 1"));
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

    private PaymentVoided voided() {
        return new PaymentVoided(paymentId, orderId, null, List.of());
    }

    private OrderRejected rejected() {
        return new OrderRejected(
                orderId, new RejectionReason(RejectionReason.Code.PAYMENT_TIMEOUT, "took too long", List.of()));
    }

    private OrderView found() {
        return find().orElseThrow();
    }

    private Optional<OrderView> find() {
        return queries.query(new FindOrder(orderId), ResponseTypes.optionalInstanceOf(OrderView.class))
                .join();
    }
}
