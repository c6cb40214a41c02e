package io.orderworkflow.query;

import static java.util.Objects.requireNonNullElse;

import io.orderworkflow.api.OrderId;
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
import io.orderworkflow.api.order.OrderPlaced;
import io.orderworkflow.api.order.OrderRejected;
import io.orderworkflow.api.order.OrderShipped;
import io.orderworkflow.api.order.OrderStatus;
import io.orderworkflow.api.payment.PaymentRequested;
import io.orderworkflow.platform.projection.BatchedChanges;
import io.orderworkflow.platform.projection.Generation;
import io.orderworkflow.platform.projection.Projection;
import io.orderworkflow.query.OrderChanges.Progress;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.eventhandling.EventHandler;
import org.springframework.jdbc.core.JdbcTemplate;

/** Orders as readers see them, and where the events of each are to be found. */
final class OrderProjection implements Projection {

    static final String GROUP = "order-view";

    private final Generation generation;
    private final ChangeLog log;
    private final BatchedChanges<OrderChanges> changes;

    OrderProjection(Generation generation, JdbcTemplate jdbc, OrderUpdates updates, ChangeLog log) {
        this.generation = generation;
        this.log = log.of(generation);
        this.changes = new BatchedChanges<>(OrderChanges::new, batch -> {
            batch.write(generation, jdbc);
            if (generation.tells()) {
                updates.tellOnceCommitted(batch.changedOrders());
            }
        });
    }

    @Override
    public Generation generation() {
        return generation;
    }

    @EventHandler
    void on(OrderPlaced event, DomainEventMessage<?> message) {
        changes.current().placed(event, message.getTimestamp());
        happened(event.orderId(), message);
    }

    @EventHandler
    void on(PaymentRequested event) {
        // It is asked for only when all stock is set aside.
        changes.current().of(event.orderId()).reached(OrderStatus.RESERVED);
    }

    @EventHandler
    void on(OrderConfirmed event, DomainEventMessage<?> message) {
        happened(event.orderId(), message).settled(OrderStatus.CONFIRMED, message.getTimestamp());
    }

    @EventHandler
    void on(OrderRejected event, DomainEventMessage<?> message) {
        happened(event.orderId(), message).rejected(event.reason(), message.getTimestamp());
    }

    @EventHandler
    void on(OrderCancellationRequested event, DomainEventMessage<?> message) {
        happened(event.orderId(), message).cancellationRequested(event.reason(), message.getTimestamp());
    }

    @EventHandler
    void on(OrderCancelled event, DomainEventMessage<?> message) {
        happened(event.orderId(), message).cancelled(event.reason(), message.getTimestamp());
    }

    @EventHandler
    void on(OrderShipped event, DomainEventMessage<?> message) {
        happened(event.orderId(), message).shipped(event.shipment(), message.getTimestamp());
    }

    @EventHandler
    void on(OrderDelivered event, DomainEventMessage<?> message) {
        happened(event.orderId(), message).delivered(requireNonNullElse(event.deliveredAt(), message.getTimestamp()));
    }

    /** Whatever else happens to an order shows in nothing but its timeline. */
    @EventHandler
    void on(OrderEvent event, DomainEventMessage<?> message) {
        happened(event.orderId(), message);
    }

    @EventHandler
    void on(StockReserved event, DomainEventMessage<?> message) {
        happened(event.orderId(), message);
    }

    @EventHandler
    void on(StockReservationRejected event, DomainEventMessage<?> message) {
        happened(event.orderId(), message);
    }

    @EventHandler
    void on(StockReleased event, DomainEventMessage<?> message) {
        happened(event.orderId(), message);
    }

    @EventHandler
    void on(StockDebited event, DomainEventMessage<?> message) {
        happened(event.orderId(), message);
    }

    @EventHandler
    void on(StockRestocked event, DomainEventMessage<?> message) {
        happened(event.orderId(), message);
    }

    private Progress happened(OrderId orderId, DomainEventMessage<?> message) {
        if (generation.tells()) {
            log.changed(orderId);
        }
        return changes.current().of(orderId).happened(EventPointer.to(message));
    }
}
