package io.orderworkflow.query;

import io.orderworkflow.api.Money;
import io.orderworkflow.api.OrderId;
import io.orderworkflow.api.PaymentId;
import io.orderworkflow.api.payment.PaymentEvent;
import io.orderworkflow.api.payment.PaymentRefundFailed;
import io.orderworkflow.api.payment.PaymentRefunded;
import io.orderworkflow.api.payment.PaymentRequested;
import io.orderworkflow.api.payment.PaymentStatus;
import io.orderworkflow.api.payment.PaymentVoided;
import io.orderworkflow.api.payment.ProviderAttempt;
import io.orderworkflow.api.payment.ProviderRefusal;
import io.orderworkflow.api.payment.RefundRequested;
import io.orderworkflow.platform.projection.BatchStatement;
import io.orderworkflow.platform.projection.Generation;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;

/** What a batch of events changes about payments: one row a payment. */
final class PaymentChanges {

    /** As in the database: statuses in the order in which they are passed, upwards only. */
    private static final List<PaymentStatus> PASSED_UPWARDS = List.of(
            PaymentStatus.REQUESTED,
            PaymentStatus.AUTHORIZED,
            PaymentStatus.CAPTURED,
            PaymentStatus.FAILED,
            PaymentStatus.VOIDED,
            PaymentStatus.DECLINED,
            PaymentStatus.PARTIALLY_REFUNDED,
            PaymentStatus.REFUNDED);

    // Attempts and refunds are lists in JSON without their brackets, so that further ones can be appended to what is
    // there. What was handled before, whose events are known therefore, changes nothing. Whether all is given back is
    // for the database to say: a batch may not have what was taken.
    private static final BatchStatement<Change> PAYMENTS = new BatchStatement<Change>("""
                    insert into {schema}.payment_view as known (payment_id, order_id, status, reason_code,
                        reason_message, amount, refunded, currency, method, provider_reference, attempts, refunds,
                        requested_at, authorized_at, captured_at, events)
                    select payment_id, order_id,
                        case when status = 'PARTIALLY_REFUNDED' and refunded >= amount then 'REFUNDED' else status end
                            ::payment_status,
                        reason_code, reason_message, amount, refunded, currency, method, provider_reference, attempts,
                        refunds, requested_at, authorized_at, captured_at, string_to_array(events, ',')
                    from unnest(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) as told (payment_id, order_id, status,
                        reason_code, reason_message, amount, refunded, currency, method, provider_reference, attempts,
                        refunds, requested_at, authorized_at, captured_at, events)
                    on conflict (payment_id) do update set
                        status = case
                            when excluded.status = 'PARTIALLY_REFUNDED' and excluded.refunded >= known.amount
                            then 'REFUNDED'
                            else greatest(known.status, excluded.status)
                        end,
                        reason_code = coalesce(excluded.reason_code, known.reason_code),
                        reason_message = coalesce(excluded.reason_message, known.reason_message),
                        refunded = coalesce(excluded.refunded, known.refunded),
                        provider_reference = coalesce(excluded.provider_reference, known.provider_reference),
                        attempts = nullif(concat_ws(',', known.attempts, excluded.attempts), ''),
                        refunds = nullif(concat_ws(',', known.refunds, excluded.refunds), ''),
                        authorized_at = coalesce(known.authorized_at, excluded.authorized_at),
                        captured_at = coalesce(known.captured_at, excluded.captured_at),
                        events = known.events || excluded.events
                    where not known.events && excluded.events
                    """)
            .with("uuid", change -> change.paymentId)
            .with("uuid", change -> change.orderId)
            .with("text", change -> change.status)
            .with("text", change -> change.refusal == null ? null : change.refusal.code())
            .with("text", change -> change.refusal == null ? null : change.refusal.message())
            .with(
                    "numeric",
                    change -> change.requested == null
                            ? null
                            : change.requested.amount().amount())
            .with("numeric", change -> change.refunded == null ? null : change.refunded.amount())
            .with(
                    "bpchar",
                    change -> change.requested == null
                            ? null
                            : change.requested.amount().currency())
            .with("text", change -> change.requested == null ? null : change.requested.method())
            .with("text", change -> change.providerReference)
            .with("text", change -> appended(change.attempts))
            .with("text", change -> appended(change.refunds))
            .with("timestamptz", change -> change.requestedAt)
            .with("timestamptz", change -> change.authorizedAt)
            .with("timestamptz", change -> change.capturedAt)
            .with("text", change -> String.join(",", change.events));

    private static @Nullable String appended(List<?> values) {
        return values.isEmpty() ? null : values.stream().map(Json::write).collect(Collectors.joining(","));
    }

    private final Map<PaymentId, Change> changes = new LinkedHashMap<>();

    /** What becomes of a payment by that event. */
    Change of(PaymentEvent event, EventPointer pointer) {
        Change change = changes.computeIfAbsent(event.paymentId(), id -> new Change(id, event.orderId()));
        change.events.add(pointer.within(event.paymentId().toString()));
        return change;
    }

    /** The orders that look otherwise than before. */
    List<OrderId> changedOrders() {
        return changes.values().stream().map(change -> change.orderId).toList();
    }

    void write(Generation generation, JdbcTemplate jdbc) {
        PAYMENTS.execute(generation, jdbc, changes.values());
    }

    /** What becomes of one payment. What is {@code null} stays as it was. */
    static final class Change {

        private final PaymentId paymentId;
        private final OrderId orderId;
        private final List<ProviderAttempt> attempts = new ArrayList<>();
        private final List<RefundChange> refunds = new ArrayList<>();
        private final List<String> events = new ArrayList<>();
        private PaymentStatus status = PaymentStatus.REQUESTED;
        private @Nullable PaymentRequested requested;
        private @Nullable Instant requestedAt;
        private @Nullable Instant authorizedAt;
        private @Nullable Instant capturedAt;
        private @Nullable ProviderRefusal refusal;
        private @Nullable Money refunded;
        private @Nullable String providerReference;

        private Change(PaymentId paymentId, OrderId orderId) {
            this.paymentId = paymentId;
            this.orderId = orderId;
        }

        void requested(PaymentRequested event, Instant at) {
            requested = event;
            requestedAt = at;
        }

        void authorised(String reference, List<ProviderAttempt> after, Instant at) {
            providerReference = reference;
            authorizedAt = at;
            reached(PaymentStatus.AUTHORIZED, after);
        }

        void captured(List<ProviderAttempt> after, Instant at) {
            capturedAt = at;
            reached(PaymentStatus.CAPTURED, after);
        }

        void refused(PaymentStatus next, ProviderRefusal because, List<ProviderAttempt> after) {
            refusal = because;
            reached(next, after);
        }

        void undone(PaymentVoided event) {
            refunded = event.refunded();
            if (refunded != null || !event.attempts().isEmpty()) {
                refunds.add(RefundChange.of(event));
            }
            reached(refunded == null ? PaymentStatus.VOIDED : PaymentStatus.REFUNDED, event.attempts());
        }

        private void reached(PaymentStatus next, List<ProviderAttempt> after) {
            if (PASSED_UPWARDS.indexOf(next) > PASSED_UPWARDS.indexOf(status)) {
                status = next;
            }
            attempts.addAll(after);
        }

        void refundRequested(RefundRequested event) {
            refunds.add(RefundChange.of(event));
        }

        void refunded(PaymentRefunded event) {
            refunds.add(RefundChange.of(event));
            refunded = event.totalRefunded();
            reached(PaymentStatus.PARTIALLY_REFUNDED, event.attempts());
        }

        void refundFailed(PaymentRefundFailed event) {
            refunds.add(RefundChange.of(event));
            attempts.addAll(event.attempts());
        }
    }
}
