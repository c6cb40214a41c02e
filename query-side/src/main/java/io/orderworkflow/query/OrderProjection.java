package io.orderworkflow.query;

import io.orderworkflow.api.OrderId;
import io.orderworkflow.api.inventory.StockDebited;
import io.orderworkflow.api.inventory.StockReleased;
import io.orderworkflow.api.inventory.StockReservationRejected;
import io.orderworkflow.api.inventory.StockReserved;
import io.orderworkflow.api.order.FindOrder;
import io.orderworkflow.api.order.FindOrders;
import io.orderworkflow.api.order.OrderConfirmed;
import io.orderworkflow.api.order.OrderPage;
import io.orderworkflow.api.order.OrderPlaced;
import io.orderworkflow.api.order.OrderRejected;
import io.orderworkflow.api.order.OrderStatus;
import io.orderworkflow.api.order.OrderStepExpired;
import io.orderworkflow.api.order.OrderView;
import io.orderworkflow.api.payment.CaptureRequested;
import io.orderworkflow.api.payment.PaymentAuthorized;
import io.orderworkflow.api.payment.PaymentCaptureFailed;
import io.orderworkflow.api.payment.PaymentCaptured;
import io.orderworkflow.api.payment.PaymentDeclined;
import io.orderworkflow.api.payment.PaymentEvent;
import io.orderworkflow.api.payment.PaymentRequested;
import io.orderworkflow.api.payment.PaymentStatus;
import io.orderworkflow.api.payment.PaymentVoided;
import io.orderworkflow.api.payment.VoidRequested;
import io.orderworkflow.platform.projection.BatchedChanges;
import io.orderworkflow.query.OrderChanges.Change;
import io.orderworkflow.query.OrderChanges.EventPointer;
import org.axonframework.config.ProcessingGroup;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.eventhandling.EventHandler;
import org.axonframework.eventhandling.TrackingToken;
import org.axonframework.queryhandling.QueryHandler;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;

/** Orders as readers see them, and where the events of each are to be found. */
@ProcessingGroup(OrderProjection.GROUP)
final class OrderProjection {

    static final String GROUP = "order-view";

    private final BatchedChanges<OrderChanges> changes;
    private final OrderReader orders;

    OrderProjection(JdbcTemplate jdbc, OrderReader orders, OrderUpdates updates) {
        this.orders = orders;
        this.changes = new BatchedChanges<>(OrderChanges::new, batch -> {
            batch.write(jdbc);
            updates.afterCommit(batch.changedOrders());
        });
    }

    @EventHandler
    void on(OrderPlaced event, DomainEventMessage<?> message, TrackingToken token) {
        change(event.orderId(), message, token).placed(event, message.getTimestamp());
    }

    @EventHandler
    void on(OrderConfirmed event, DomainEventMessage<?> message, TrackingToken token) {
        change(event.orderId(), message, token).settled(OrderStatus.CONFIRMED, message.getTimestamp());
    }

    @EventHandler
    void on(OrderRejected event, DomainEventMessage<?> message, TrackingToken token) {
        change(event.orderId(), message, token).rejected(event.reason(), message.getTimestamp());
    }

    @EventHandler
    void on(OrderStepExpired event, DomainEventMessage<?> message, TrackingToken token) {
        happened(event.orderId(), message, token);
    }

    @EventHandler
    void on(PaymentRequested event, DomainEventMessage<?> message, TrackingToken token) {
        // It is asked for only when all stock is set aside.
        Change change = payment(event, PaymentStatus.REQUESTED, message, token);
        change.reached(OrderStatus.RESERVED);
    }

    @EventHandler
    void on(PaymentAuthorized event, DomainEventMessage<?> message, TrackingToken token) {
        payment(event, PaymentStatus.AUTHORIZED, message, token);
    }

    @EventHandler
    void on(PaymentDeclined event, DomainEventMessage<?> message, TrackingToken token) {
        payment(event, PaymentStatus.DECLINED, message, token);
    }

    @EventHandler
    void on(CaptureRequested event, DomainEventMessage<?> message, TrackingToken token) {
        happened(event.orderId(), message, token);
    }

    @EventHandler
    void on(PaymentCaptured event, DomainEventMessage<?> message, TrackingToken token) {
        payment(event, PaymentStatus.CAPTURED, message, token);
    }

    @EventHandler
    void on(PaymentCaptureFailed event, DomainEventMessage<?> message, TrackingToken token) {
        payment(event, PaymentStatus.FAILED, message, token);
    }

    @EventHandler
    void on(VoidRequested event, DomainEventMessage<?> message, TrackingToken token) {
        happened(event.orderId(), message, token);
    }

    @EventHandler
    void on(PaymentVoided event, DomainEventMessage<?> message, TrackingToken token) {
        payment(event, PaymentChanges.statusAfter(event), message, token);
    }

    @EventHandler
    void on(StockReserved event, DomainEventMessage<?> message, TrackingToken token) {
        happened(event.orderId(), message, token);
    }

    @EventHandler
    void on(StockReservationRejected event, DomainEventMessage<?> message, TrackingToken token) {
        happened(event.orderId(), message, token);
    }

    @EventHandler
    void on(StockReleased event, DomainEventMessage<?> message, TrackingToken token) {
        happened(event.orderId(), message, token);
    }

    @EventHandler
    void on(StockDebited event, DomainEventMessage<?> message, TrackingToken token) {
        happened(event.orderId(), message, token);
    }

    private Change payment(
            PaymentEvent event, PaymentStatus status, DomainEventMessage<?> message, TrackingToken token) {
        Change change = change(event.orderId(), message, token);
        change.payment(event.paymentId(), status);
        return change;
    }

    private Change change(OrderId orderId, DomainEventMessage<?> message, TrackingToken token) {
        happened(orderId, message, token);
        return changes.current().of(orderId, position(token));
    }

    private void happened(OrderId orderId, DomainEventMessage<?> message, TrackingToken token) {
        changes.current()
                .happened(new EventPointer(
                        orderId, position(token), message.getAggregateIdentifier(), message.getSequenceNumber()));
    }

    private static long position(TrackingToken token) {
        return token.position().orElseThrow();
    }

    @QueryHandler
    @Nullable
    OrderView handle(FindOrder query) {
        return orders.find(query.orderId());
    }

    @QueryHandler
    OrderPage handle(FindOrders query) {
        return orders.find(query);
    }
}
