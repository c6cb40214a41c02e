package io.orderworkflow.query;

import io.orderworkflow.api.payment.CaptureRequested;
import io.orderworkflow.api.payment.FindPayment;
import io.orderworkflow.api.payment.PaymentAuthorized;
import io.orderworkflow.api.payment.PaymentCaptureFailed;
import io.orderworkflow.api.payment.PaymentCaptured;
import io.orderworkflow.api.payment.PaymentDeclined;
import io.orderworkflow.api.payment.PaymentEvent;
import io.orderworkflow.api.payment.PaymentRefundFailed;
import io.orderworkflow.api.payment.PaymentRefunded;
import io.orderworkflow.api.payment.PaymentRequested;
import io.orderworkflow.api.payment.PaymentStatus;
import io.orderworkflow.api.payment.PaymentView;
import io.orderworkflow.api.payment.PaymentVoided;
import io.orderworkflow.api.payment.RefundRequested;
import io.orderworkflow.api.payment.VoidRequested;
import io.orderworkflow.platform.projection.BatchedChanges;
import io.orderworkflow.query.PaymentChanges.Change;
import org.axonframework.config.ProcessingGroup;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.eventhandling.EventHandler;
import org.axonframework.eventhandling.ResetHandler;
import org.axonframework.queryhandling.QueryHandler;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * Payments as readers see them, and where the events of each are to be found. Handled together with orders: the events
 * are in the same sequence, and an order shows where its payment stands.
 */
@ProcessingGroup(OrderProjection.GROUP)
final class PaymentProjection {

    private final JdbcTemplate jdbc;
    private final PaymentRows payments;
    private final ChangeLog log;
    private final BatchedChanges<PaymentChanges> changes;

    PaymentProjection(JdbcTemplate jdbc, PaymentRows payments, OrderUpdates updates, ChangeLog log) {
        this.jdbc = jdbc;
        this.payments = payments;
        this.log = log;
        this.changes = new BatchedChanges<>(PaymentChanges::new, batch -> {
            batch.write(jdbc);
            updates.tellOnceCommitted(batch.changedOrders());
        });
    }

    @EventHandler
    void on(PaymentRequested event, DomainEventMessage<?> message) {
        change(event, message).requested(event, message.getTimestamp());
    }

    @EventHandler
    void on(PaymentAuthorized event, DomainEventMessage<?> message) {
        change(event, message).authorised(event.providerReference(), event.attempts());
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
        change(event, message).reached(PaymentStatus.CAPTURED, event.attempts());
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
        log.changed(event.orderId(), event.paymentId());
        return changes.current().of(event, EventPointer.to(message));
    }

    @ResetHandler
    void forget() {
        jdbc.execute("truncate payment_view");
    }

    @QueryHandler
    @Nullable
    PaymentView handle(FindPayment query) {
        // A payment that was undone before it was ever asked for is no payment to look at.
        return payments.findById(query.paymentId().value())
                .filter(PaymentRow::wasRequested)
                .map(PaymentRow::view)
                .orElse(null);
    }
}
