package io.orderworkflow.query;

import io.orderworkflow.api.payment.FindPayment;
import io.orderworkflow.api.payment.PaymentAuthorized;
import io.orderworkflow.api.payment.PaymentCaptureFailed;
import io.orderworkflow.api.payment.PaymentCaptured;
import io.orderworkflow.api.payment.PaymentDeclined;
import io.orderworkflow.api.payment.PaymentEvent;
import io.orderworkflow.api.payment.PaymentRequested;
import io.orderworkflow.api.payment.PaymentStatus;
import io.orderworkflow.api.payment.PaymentView;
import io.orderworkflow.api.payment.PaymentVoided;
import io.orderworkflow.platform.projection.BatchedChanges;
import io.orderworkflow.query.PaymentChanges.Change;
import java.time.Instant;
import org.axonframework.config.ProcessingGroup;
import org.axonframework.eventhandling.EventHandler;
import org.axonframework.eventhandling.Timestamp;
import org.axonframework.eventhandling.TrackingToken;
import org.axonframework.queryhandling.QueryHandler;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;

/** Payments as readers see them. Handled together with orders: the events are the same, and so is their sequence. */
@ProcessingGroup(OrderProjection.GROUP)
final class PaymentProjection {

    private final BatchedChanges<PaymentChanges> changes;
    private final PaymentRows payments;

    PaymentProjection(JdbcTemplate jdbc, PaymentRows payments) {
        this.payments = payments;
        this.changes = new BatchedChanges<>(PaymentChanges::new, batch -> batch.write(jdbc));
    }

    @EventHandler
    void on(PaymentRequested event, @Timestamp Instant at, TrackingToken token) {
        change(event, token).requested(event, at);
    }

    @EventHandler
    void on(PaymentAuthorized event, TrackingToken token) {
        change(event, token).authorised(event.providerReference(), event.attempts());
    }

    @EventHandler
    void on(PaymentDeclined event, TrackingToken token) {
        change(event, token).refused(PaymentStatus.DECLINED, event.refusal(), event.attempts());
    }

    @EventHandler
    void on(PaymentCaptured event, TrackingToken token) {
        change(event, token).reached(PaymentStatus.CAPTURED, event.attempts());
    }

    @EventHandler
    void on(PaymentCaptureFailed event, TrackingToken token) {
        change(event, token).refused(PaymentStatus.FAILED, event.refusal(), event.attempts());
    }

    @EventHandler
    void on(PaymentVoided event, TrackingToken token) {
        Change change = change(event, token);
        change.reached(PaymentChanges.statusAfter(event), event.attempts());
        if (event.refunded() != null) {
            change.refunded(event.refunded());
        }
    }

    private Change change(PaymentEvent event, TrackingToken token) {
        return changes.current().of(event.paymentId(), token.position().orElseThrow());
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
