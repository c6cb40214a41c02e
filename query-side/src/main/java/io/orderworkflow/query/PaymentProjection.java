package io.orderworkflow.query;

import io.orderworkflow.api.payment.CaptureRequested;
import io.orderworkflow.api.payment.PaymentAuthorized;
import io.orderworkflow.api.payment.PaymentCaptureFailed;
import io.orderworkflow.api.payment.PaymentCaptured;
import io.orderworkflow.api.payment.PaymentDeclined;
import io.orderworkflow.api.payment.PaymentEvent;
import io.orderworkflow.api.payment.PaymentRefundFailed;
import io.orderworkflow.api.payment.PaymentRefunded;
import io.orderworkflow.api.payment.PaymentRequested;
import io.orderworkflow.api.payment.PaymentStatus;
import io.orderworkflow.api.payment.PaymentVoided;
import io.orderworkflow.api.payment.RefundRequested;
import io.orderworkflow.api.payment.VoidRequested;
import io.orderworkflow.platform.projection.BatchedChanges;
import io.orderworkflow.platform.projection.Generation;
import io.orderworkflow.platform.projection.Projection;
import io.orderworkflow.query.PaymentChanges.Change;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.eventhandling.EventHandler;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * Payments as readers see them, and where the events of each are to be found. Handled together with orders: the events
 * are in the same sequence, and an order shows where its payment stands.
 */
final class PaymentProjection implements Projection {

    private final Generation generation;
    private final ChangeLog log;
    private final BatchedChanges<PaymentChanges> changes;

    PaymentProjection(Generation generation, JdbcTemplate jdbc, OrderUpdates updates, ChangeLog log) {
        this.generation = generation;
        this.log = log.of(generation);
        this.changes = new BatchedChanges<>(PaymentChanges::new, batch -> {
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
    void on(PaymentRequested event, DomainEventMessage<?> message) {
        change(event, message).requested(event, message.getTimestamp());
    }

    @EventHandler
    void on(PaymentAuthorized event, DomainEventMessage<?> message) {
        change(event, message).authorised(event.providerReference(), event.attempts(), message.getTimestamp());
    }

    @EventHandler
    void on(PaymentDeclined event, DomainEventMessage<?> message) {
        change(event, message).refused(PaymentStatus.DECLINED, event.refusal(), event.attempts());
    }

    @EventHandler
    void on(CaptureRequested event, DomainEventMessage<?> message) {
        change(event, message);
    }

    @EventHandler
    void on(PaymentCaptured event, DomainEventMessage<?> message) {
        change(event, message).captured(event.attempts(), message.getTimestamp());
    }

    @EventHandler
    void on(PaymentCaptureFailed event, DomainEventMessage<?> message) {
        change(event, message).refused(PaymentStatus.FAILED, event.refusal(), event.attempts());
    }

    @EventHandler
    void on(VoidRequested event, DomainEventMessage<?> message) {
        change(event, message);
    }

    @EventHandler
    void on(PaymentVoided event, DomainEventMessage<?> message) {
        change(event, message).undone(event);
    }

    @EventHandler
    void on(RefundRequested event, DomainEventMessage<?> message) {
        change(event, message).refundRequested(event);
    }

    @EventHandler
    void on(PaymentRefunded event, DomainEventMessage<?> message) {
        change(event, message).refunded(event);
    }

    @EventHandler
    void on(PaymentRefundFailed event, DomainEventMessage<?> message) {
        change(event, message).refundFailed(event);
    }

    private Change change(PaymentEvent event, DomainEventMessage<?> message) {
        if (generation.tells()) {
            log.changed(event.orderId(), event.paymentId());
        }
        return changes.current().of(event, EventPointer.to(message));
    }
}
