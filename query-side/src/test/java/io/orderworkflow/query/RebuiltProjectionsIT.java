package io.orderworkflow.query;

import static io.orderworkflow.api.Amounts.eur;
import static io.orderworkflow.api.SampleOrder.anOrder;
import static io.orderworkflow.api.SampleOrder.orderId;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.orderworkflow.api.OrderId;
import io.orderworkflow.api.PaymentId;
import io.orderworkflow.api.RefundId;
import io.orderworkflow.api.SampleOrder;
import io.orderworkflow.api.Sku;
import io.orderworkflow.api.inventory.ProductDescriptionChanged;
import io.orderworkflow.api.inventory.ProductRegistered;
import io.orderworkflow.api.inventory.StockDebited;
import io.orderworkflow.api.inventory.StockItemOpened;
import io.orderworkflow.api.inventory.StockReceived;
import io.orderworkflow.api.inventory.StockReserved;
import io.orderworkflow.api.inventory.StockRestocked;
import io.orderworkflow.api.order.FindOrder;
import io.orderworkflow.api.order.FindOrderTimeline;
import io.orderworkflow.api.order.OrderCancellationRequested;
import io.orderworkflow.api.order.OrderCancelled;
import io.orderworkflow.api.order.OrderConfirmed;
import io.orderworkflow.api.order.OrderDelivered;
import io.orderworkflow.api.order.OrderPlaced;
import io.orderworkflow.api.order.OrderRefundRequested;
import io.orderworkflow.api.order.OrderShipped;
import io.orderworkflow.api.order.OrderStatus;
import io.orderworkflow.api.order.OrderTimeline;
import io.orderworkflow.api.order.OrderView;
import io.orderworkflow.api.order.Pieces;
import io.orderworkflow.api.order.Shipment;
import io.orderworkflow.api.order.ShippingAddress;
import io.orderworkflow.api.payment.FindPayment;
import io.orderworkflow.api.payment.PaymentAuthorized;
import io.orderworkflow.api.payment.PaymentCaptured;
import io.orderworkflow.api.payment.PaymentRefundFailed;
import io.orderworkflow.api.payment.PaymentRefunded;
import io.orderworkflow.api.payment.PaymentRequested;
import io.orderworkflow.api.payment.PaymentView;
import io.orderworkflow.api.payment.ProviderAttempt;
import io.orderworkflow.api.payment.ProviderRefusal;
import io.orderworkflow.api.payment.RefundRequested;
import io.orderworkflow.query.History.Delivery;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.axonframework.config.EventProcessingConfiguration;
import org.axonframework.messaging.responsetypes.ResponseTypes;
import org.axonframework.queryhandling.QueryGateway;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Projections after a replay, and after events that they could not handle. */
@QuerySideTest
class RebuiltProjectionsIT {

    private static final AtomicInteger ORDERS = new AtomicInteger();
    private static final Instant NOON = Instant.parse("2026-11-21T12:00:00.123Z");
    private static final ProviderAttempt ATTEMPT =
            new ProviderAttempt(ProviderAttempt.Action.AUTHORIZATION, NOON, ProviderAttempt.Outcome.SUCCEEDED, "done");

    private final History history;
    private final QueryGateway queries;
    private final EventProcessingConfiguration processing;
    private final JdbcClient jdbc;
    private final String key = "rebuilt-" + ORDERS.incrementAndGet();
    private final SampleOrder order = anOrder().withKey(key).of("SKU-1", 2).at(eur("9.90"));
    private final OrderId orderId = order.orderId();
    private final PaymentId paymentId = PaymentId.forOrder(orderId);

    RebuiltProjectionsIT(
            History history, QueryGateway queries, EventProcessingConfiguration processing, JdbcClient jdbc) {
        this.history = history;
        this.queries = queries;
        this.processing = processing;
        this.jdbc = jdbc;
    }

    @ParameterizedTest
    @EnumSource
    void haveTheRowsThatTheLiveOnesHad(Delivery delivery) {
        Sku sku = new Sku(key);
        SampleOrder cancelled = order.withKey(key + "-cancelled");
        RefundId refundId = RefundId.forIdempotencyKey(orderId, "refund");
        history.happens(
                delivery,
                NOON,
                new ProductRegistered(sku, "Lamp", eur("9.90"), "lights"),
                new StockItemOpened(sku),
                new StockReceived(sku, 10, 10, "delivery-1"),
                new ProductDescriptionChanged(sku, "Desk lamp", null),
                order.placed(),
                new StockReserved(sku, orderId, 2, 2),
                requested(),
                authorized(),
                captured(),
                new StockDebited(sku, orderId, 10, 2, 8, 0),
                new OrderConfirmed(orderId),
                new OrderShipped(orderId, new Shipment("Post", "RR 1")),
                new OrderDelivered(orderId, NOON),
                new OrderRefundRequested(orderId, refundId, List.of(new Pieces(sku, 1)), eur("9.90"), "broken", true),
                new RefundRequested(paymentId, orderId, refundId, eur("9.90"), 1),
                new PaymentRefundFailed(
                        paymentId, orderId, refundId, new ProviderRefusal("refused", "not now"), List.of(ATTEMPT)),
                new RefundRequested(paymentId, orderId, refundId, eur("9.90"), 2),
                new PaymentRefunded(paymentId, orderId, refundId, eur("9.90"), eur("9.90"), List.of(ATTEMPT)),
                new StockRestocked(sku, orderId, 1, 8, 9, refundId.value()),
                cancelled.placed(),
                new OrderCancellationRequested(
                        cancelled.orderId(), "changed my mind", cancelled.lines(), cancelled.total()),
                new OrderCancelled(cancelled.orderId(), "changed my mind"));
        Map<String, List<String>> live = rows();

        history.isReplayed();

        assertThat(rows()).isEqualTo(live);
        assertThat(live.values()).allSatisfy(rows -> assertThat(rows).isNotEmpty());
    }

    /** The processor's token then tells the position of the later one, and that of the rebuilt one its own. */
    @Test
    void haveTheRowsThatTheLiveOnesHadThoughAnEventWasCommittedBehindALaterOne() {
        history.happens(order.placed());
        CompletableFuture<Void> earlier = history.happensButIsCommittedBehind(requested(), authorized());
        history.happens(new OrderConfirmed(orderId));
        assertThat(find(orderId)).map(OrderView::version).contains(2L);
        earlier.complete(null);
        await().untilAsserted(
                        () -> assertThat(find(orderId)).map(OrderView::version).contains(4L));
        history.happens(captured());
        Map<String, List<String>> live = rows();
        List<String> timeline = timeline();

        history.isReplayed();

        assertThat(rows()).isEqualTo(live);
        assertThat(timeline())
                .isEqualTo(timeline)
                .containsExactly(
                        "OrderPlaced", "PaymentRequested", "PaymentAuthorized", "OrderConfirmed", "PaymentCaptured");
    }

    private List<String> timeline() {
        return queries.query(new FindOrderTimeline(orderId), OrderTimeline.class).join().entries().stream()
                .map(OrderTimeline.Entry::type)
                .toList();
    }

    @ParameterizedTest
    @EnumSource
    void parkTheOrderThatCannotBeWrittenAndShowAllOthers(Delivery delivery) {
        SampleOrder other = order.withKey(key + "-other");
        history.happens(
                delivery,
                NOON,
                unwritable(order),
                other.placed(),
                requested(),
                new OrderConfirmed(other.orderId()),
                new OrderConfirmed(orderId));

        assertThat(find(other.orderId())).map(OrderView::status).contains(OrderStatus.CONFIRMED);
        assertThat(find(orderId)).isEmpty();
        assertThat(parked(orderId)).isEqualTo(3);
        assertThat(parked(other.orderId())).isZero();
    }

    @Test
    void handleOnceWhatWasParkedAndIsTriedAgain() {
        history.happens(order.placed());
        jdbc.sql("alter table orders.payment_view add constraint broken check (order_id <> '%s')".formatted(orderId))
                .update();
        try {
            history.happens(requested(), authorized());
            assertThat(parked(orderId)).isEqualTo(2);
        } finally {
            jdbc.sql("alter table orders.payment_view drop constraint broken").update();
        }

        assertThat(retry(orderId)).isTrue();
        history.happens(captured());

        assertThat(parked(orderId)).isZero();
        assertThat(find(orderId)).map(OrderView::version).contains(4L);
        assertThat(queries.query(new FindPayment(paymentId), ResponseTypes.optionalInstanceOf(PaymentView.class))
                        .join())
                .map(PaymentView::attempts)
                .contains(List.of(ATTEMPT, ATTEMPT));
    }

    private PaymentRequested requested() {
        return new PaymentRequested(paymentId, orderId, order.total(), "card", "tok_ok");
    }

    private PaymentAuthorized authorized() {
        return new PaymentAuthorized(paymentId, orderId, "reference", List.of(ATTEMPT));
    }

    private PaymentCaptured captured() {
        return new PaymentCaptured(paymentId, orderId, order.total(), List.of(ATTEMPT));
    }

    /** More money than the column holds. */
    private static OrderPlaced unwritable(SampleOrder order) {
        return new OrderPlaced(
                order.orderId(),
                order.customerId(),
                order.lines(),
                eur("1000000000000000000000"),
                order.payment(),
                new ShippingAddress(null, null, null, null, null),
                "fingerprint");
    }

    private Optional<OrderView> find(OrderId found) {
        return queries.query(new FindOrder(found), ResponseTypes.optionalInstanceOf(OrderView.class))
                .join();
    }

    private long parked(OrderId sequence) {
        return jdbc.sql("select count(*) from dead_letter_entry where processing_group = ? and sequence_identifier = ?")
                .params(OrderProjection.GROUP, sequence.toString())
                .query(Long.class)
                .single();
    }

    private boolean retry(OrderId sequence) {
        return processing
                .sequencedDeadLetterProcessor(OrderProjection.GROUP)
                .orElseThrow()
                .process(letter -> io.orderworkflow.platform.projection.EventSequence.OF_ORDER
                        .getSequenceIdentifierFor(letter.message())
                        .equals(sequence.toString()));
    }

    private Map<String, List<String>> rows() {
        Map<String, List<String>> rows = new LinkedHashMap<>();
        List.of(
                        "orders.placed_order",
                        "orders.order_sku",
                        "orders.order_progress",
                        "orders.payment_view",
                        "orders.order_view",
                        "inventory.product_view",
                        "inventory.stock_view",
                        "inventory.stock_movement")
                .forEach(table -> rows.put(
                        table,
                        jdbc.sql("select known::text as row from %s as known order by row".formatted(table))
                                .query(String.class)
                                .list()));
        return rows;
    }
}
