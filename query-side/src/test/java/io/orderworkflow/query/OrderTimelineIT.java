package io.orderworkflow.query;

import static io.orderworkflow.api.Amounts.eur;
import static io.orderworkflow.api.SampleOrder.anOrder;
import static io.orderworkflow.api.SampleOrder.orderId;
import static org.assertj.core.api.Assertions.assertThat;

import io.orderworkflow.api.OrderId;
import io.orderworkflow.api.PaymentId;
import io.orderworkflow.api.RecordedEvent;
import io.orderworkflow.api.RefundId;
import io.orderworkflow.api.SampleOrder;
import io.orderworkflow.api.Sku;
import io.orderworkflow.api.inventory.StockDebited;
import io.orderworkflow.api.inventory.StockItemOpened;
import io.orderworkflow.api.inventory.StockReceived;
import io.orderworkflow.api.inventory.StockReleased;
import io.orderworkflow.api.inventory.StockReserved;
import io.orderworkflow.api.inventory.StockRestocked;
import io.orderworkflow.api.order.FindOrderTimeline;
import io.orderworkflow.api.order.OrderConfirmed;
import io.orderworkflow.api.order.OrderDelivered;
import io.orderworkflow.api.order.OrderNudged;
import io.orderworkflow.api.order.OrderRefundRequested;
import io.orderworkflow.api.order.OrderRejected;
import io.orderworkflow.api.order.OrderShipped;
import io.orderworkflow.api.order.OrderStep;
import io.orderworkflow.api.order.OrderStepExpired;
import io.orderworkflow.api.order.OrderTimeline;
import io.orderworkflow.api.order.OrderTimeline.Entry;
import io.orderworkflow.api.order.Pieces;
import io.orderworkflow.api.order.RefundAttemptExpired;
import io.orderworkflow.api.order.RefundNudged;
import io.orderworkflow.api.order.RejectionReason;
import io.orderworkflow.api.order.Shipment;
import io.orderworkflow.api.payment.CaptureRequested;
import io.orderworkflow.api.payment.PaymentAuthorized;
import io.orderworkflow.api.payment.PaymentCaptured;
import io.orderworkflow.api.payment.PaymentRefundFailed;
import io.orderworkflow.api.payment.PaymentRefunded;
import io.orderworkflow.api.payment.PaymentRequested;
import io.orderworkflow.api.payment.PaymentVoided;
import io.orderworkflow.api.payment.ProviderRefusal;
import io.orderworkflow.api.payment.RefundRequested;
import io.orderworkflow.query.History.Delivery;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.axonframework.queryhandling.QueryGateway;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@QuerySideTest
class OrderTimelineIT {

    private static final AtomicInteger ORDERS = new AtomicInteger();
    private static final Instant NOON = Instant.parse("2026-11-21T12:00:00.123Z");

    private final History history;
    private final QueryGateway queries;
    private final String key = "timeline-" + ORDERS.incrementAndGet();
    private final Sku first = new Sku(key + "-A");
    private final Sku second = new Sku(key + "-B");
    private final SampleOrder order =
            anOrder().withKey(key).of(first.value(), 2).of(second.value(), 1).at(eur("1"));
    private final OrderId orderId = order.orderId();
    private final PaymentId paymentId = PaymentId.forOrder(orderId);

    OrderTimelineIT(History history, QueryGateway queries) {
        this.history = history;
        this.queries = queries;
    }

    @ParameterizedTest
    @EnumSource
    void tellsWhatHappenedInEveryAggregateInOrder(Delivery delivery) {
        OrderId other = orderId("timeline-other");
        history.happens(
                new StockItemOpened(first),
                new StockReceived(first, 10, 10, null),
                new StockItemOpened(second),
                new StockReserved(first, other, 1, 1));
        history.happens(
                delivery,
                NOON,
                order.placed(),
                new StockReserved(second, orderId, 1, 1),
                new StockReserved(first, orderId, 2, 3),
                new StockReleased(first, other, 1, 2),
                new PaymentRequested(paymentId, orderId, order.total(), "card", "tok_ok"),
                new PaymentAuthorized(paymentId, orderId, "reference", List.of()),
                new CaptureRequested(paymentId, orderId, order.total()),
                new PaymentCaptured(paymentId, orderId, order.total(), List.of()),
                new StockDebited(first, orderId, 10, 2, 8, 0),
                new OrderConfirmed(orderId));

        assertThat(entries())
                .extracting(Entry::sequence, Entry::type, Entry::aggregateType, Entry::aggregateId, Entry::text)
                .containsExactly(
                        entry(
                                1,
                                "OrderPlaced",
                                "Order",
                                orderId,
                                "order placed by customer-1: 2 × %s, 1 × %s, 20.80 EUR altogether"
                                        .formatted(first, second)),
                        entry(2, "StockReserved", "StockItem", "stock:" + second, "1 × " + second + " set aside"),
                        entry(3, "StockReserved", "StockItem", "stock:" + first, "2 × " + first + " set aside"),
                        entry(4, "PaymentRequested", "Payment", paymentId, "payment of 20.80 EUR asked for, by card"),
                        entry(5, "PaymentAuthorized", "Payment", paymentId, "payment authorised by the provider"),
                        entry(6, "CaptureRequested", "Payment", paymentId, "the provider was asked to take 20.80 EUR"),
                        entry(7, "PaymentCaptured", "Payment", paymentId, "20.80 EUR taken"),
                        entry(
                                8,
                                "StockDebited",
                                "StockItem",
                                "stock:" + first,
                                "2 × " + first + " taken out of stock, 8 left"),
                        entry(9, "OrderConfirmed", "Order", orderId, "order confirmed"));
        assertThat(entries()).extracting(Entry::at).containsOnly(NOON);
    }

    @ParameterizedTest
    @EnumSource
    void tellsOfEveryKindOfEventOfAnOrder(Delivery delivery) {
        RefundId refundId = RefundId.forIdempotencyKey(orderId, "refund");
        history.happens(
                delivery,
                NOON,
                order.placed(),
                new OrderStepExpired(orderId, OrderStep.CONFIRMATION, 1),
                new OrderNudged(orderId),
                new OrderConfirmed(orderId),
                new OrderShipped(orderId, new Shipment("Post", "RR 1")),
                new OrderDelivered(orderId, null),
                new OrderRefundRequested(orderId, refundId, List.of(new Pieces(first, 1)), eur("1"), "broken", true),
                new RefundRequested(paymentId, orderId, refundId, eur("1"), 1),
                new PaymentRefundFailed(
                        paymentId, orderId, refundId, new ProviderRefusal("refused", "not now"), List.of()),
                new RefundAttemptExpired(orderId, refundId, 1),
                new RefundNudged(orderId, refundId),
                new PaymentRefunded(paymentId, orderId, refundId, eur("1"), eur("1"), List.of()),
                new StockRestocked(first, orderId, 1, 8, 9, refundId.value()));

        assertThat(entries())
                .extracting(Entry::type)
                .containsExactly(
                        "OrderPlaced",
                        "OrderStepExpired",
                        "OrderNudged",
                        "OrderConfirmed",
                        "OrderShipped",
                        "OrderDelivered",
                        "OrderRefundRequested",
                        "RefundRequested",
                        "PaymentRefundFailed",
                        "RefundAttemptExpired",
                        "RefundNudged",
                        "PaymentRefunded",
                        "StockRestocked");
    }

    private static org.assertj.core.groups.Tuple entry(
            int sequence, String type, String aggregateType, Object aggregateId, String text) {
        return org.assertj.core.groups.Tuple.tuple(sequence, type, aggregateType, aggregateId.toString(), text);
    }

    @Test
    void tellsWhatCausedAnEventAndItsContent() {
        history.publish(List.of(history.event(order.placed(), NOON)
                .andMetaData(Map.of("causationId", "the-command", "correlationId", "the-request"))));
        history.awaitProjections();

        assertThat(entries()).singleElement().satisfies(entry -> {
            assertThat(entry.causationId()).isEqualTo("the-command");
            assertThat(entry.correlationId()).isEqualTo("the-request");
            assertThat(entry.payload())
                    .containsEntry("orderId", orderId.toString())
                    .containsEntry("customerId", "customer-1")
                    .containsEntry("total", Map.of("amount", "20.80", "currency", "EUR"));
        });
    }

    @Test
    void tellsOfAnOrderPlacedBeforeAddressesAndCurrencyWereRecorded() {
        history.publish(List.of(RecordedEvent.orderPlaced(1, orderId, first)));
        history.awaitProjections();

        assertThat(entries()).singleElement().satisfies(entry -> {
            assertThat(entry.type()).isEqualTo("OrderPlaced");
            assertThat(entry.text())
                    .isEqualTo("order placed by customer-1: 2 × %s, 39.80 EUR altogether".formatted(first));
        });
    }

    @Test
    void tellsOfAPaymentThatWasUndoneBeforeItWasAskedFor() {
        history.happens(
                order.placed(),
                new OrderRejected(
                        orderId, new RejectionReason(RejectionReason.Code.STOCK_TIMEOUT, "took too long", List.of())),
                new PaymentVoided(paymentId, orderId, null, List.of()));

        assertThat(entries()).extracting(Entry::type).containsExactly("OrderPlaced", "OrderRejected", "PaymentVoided");
    }

    @Test
    void findsTheEventsOfAnOrderAmongManyOfABusyProduct() {
        history.happens(IntStream.range(0, 300)
                .mapToObj(index -> new StockReserved(first, orderId("busy-" + index), 1, index))
                .toArray());
        history.happens(order.placed(), new StockReserved(first, orderId, 2, 302));
        history.happens(IntStream.range(0, 300)
                .mapToObj(index -> new StockReleased(first, orderId("busy-" + index), 1, 302 - index))
                .toArray());
        history.happens(new StockDebited(first, orderId, 10, 2, 8, 0));

        assertThat(entries()).extracting(Entry::type).containsExactly("OrderPlaced", "StockReserved", "StockDebited");
    }

    @Test
    void tellsNothingOfAnUnknownOrder() {
        assertThat(queries.query(new FindOrderTimeline(orderId), OrderTimeline.class)
                        .join())
                .isEqualTo(new OrderTimeline(orderId, List.of()));
    }

    private List<Entry> entries() {
        return queries.query(new FindOrderTimeline(orderId), OrderTimeline.class)
                .join()
                .entries();
    }
}
