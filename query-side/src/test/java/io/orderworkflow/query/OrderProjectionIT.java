package io.orderworkflow.query;

import static io.orderworkflow.api.Amounts.eur;
import static io.orderworkflow.api.SampleOrder.anOrder;
import static org.assertj.core.api.Assertions.assertThat;

import io.orderworkflow.api.OrderId;
import io.orderworkflow.api.PaymentId;
import io.orderworkflow.api.SampleOrder;
import io.orderworkflow.api.Sku;
import io.orderworkflow.api.inventory.StockReserved;
import io.orderworkflow.api.order.FindOrder;
import io.orderworkflow.api.order.OrderConfirmed;
import io.orderworkflow.api.order.OrderRejected;
import io.orderworkflow.api.order.OrderStatus;
import io.orderworkflow.api.order.OrderView;
import io.orderworkflow.api.order.RejectionReason;
import io.orderworkflow.api.order.RejectionReason.Shortage;
import io.orderworkflow.api.payment.PaymentAuthorized;
import io.orderworkflow.api.payment.PaymentCaptured;
import io.orderworkflow.api.payment.PaymentDeclined;
import io.orderworkflow.api.payment.PaymentRequested;
import io.orderworkflow.api.payment.PaymentStatus;
import io.orderworkflow.api.payment.PaymentVoided;
import io.orderworkflow.api.payment.ProviderRefusal;
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
                        order.shippingAddress(),
                        NOON,
                        null,
                        1));
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
        assertThat(found().statusReason()).isEqualTo(reason);
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
