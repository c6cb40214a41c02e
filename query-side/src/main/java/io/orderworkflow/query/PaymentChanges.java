package io.orderworkflow.query;

import io.orderworkflow.api.Money;
import io.orderworkflow.api.OrderId;
import io.orderworkflow.api.PaymentId;
import io.orderworkflow.api.payment.PaymentEvent;
import io.orderworkflow.api.payment.PaymentRequested;
import io.orderworkflow.api.payment.PaymentStatus;
import io.orderworkflow.api.payment.ProviderAttempt;
import io.orderworkflow.api.payment.ProviderRefusal;
import io.orderworkflow.platform.projection.BatchStatement;
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

    // Attempts are lists in JSON without their brackets, so that further ones can be appended to what is there.
    // What was handled before, whose positions are known therefore, changes nothing.
    private static final BatchStatement<Change> PAYMENTS = new BatchStatement<Change>("""
                    insert into payment_view as known (payment_id, order_id, status, reason_code, reason_message, amount,
                        refunded, currency, method, provider_reference, attempts, requested_at, positions)
                    select payment_id, order_id, status::payment_status, reason_code, reason_message, amount, refunded,
                        currency, method, provider_reference, attempts, requested_at,
                        string_to_array(positions, ',')::bigint[]
                    from unnest(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) as told (payment_id, order_id, status, reason_code,
                        reason_message, amount, refunded, currency, method, provider_reference, attempts, requested_at,
                        positions)
                    on conflict (payment_id) do update set
                        status = greatest(known.status, excluded.status),
                        reason_code = coalesce(excluded.reason_code, known.reason_code),
                        reason_message = coalesce(excluded.reason_message, known.reason_message),
                        refunded = coalesce(excluded.refunded, known.refunded),
                        provider_reference = coalesce(excluded.provider_reference, known.provider_reference),
                        attempts = nullif(concat_ws(',', known.attempts, excluded.attempts), ''),
                        positions = known.positions || excluded.positions
                    where not known.positions && excluded.positions
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
            .with("text", Change::attempts)
            .with("timestamptz", change -> change.requestedAt)
            .with("text", Change::positions);

    private final Map<PaymentId, Change> changes = new LinkedHashMap<>();

    /** What becomes of a payment by an event at that position. */
    Change of(PaymentEvent event, EventPointer pointer) {
        Change change = changes.computeIfAbsent(event.paymentId(), id -> new Change(id, event.orderId()));
        change.positions.add(pointer.position());
        return change;
    }

    /** The orders that look otherwise than before. */
    List<OrderId> changedOrders() {
        return changes.values().stream().map(change -> change.orderId).toList();
    }

    void write(JdbcTemplate jdbc) {
        PAYMENTS.execute(jdbc, changes.values());
    }

    /** What becomes of one payment. What is {@code null} stays as it was. */
    static final class Change {

        private final PaymentId paymentId;
        private final OrderId orderId;
        private final List<ProviderAttempt> attempts = new ArrayList<>();
        private final List<Long> positions = new ArrayList<>();
        private PaymentStatus status = PaymentStatus.REQUESTED;
        private @Nullable PaymentRequested requested;
        private @Nullable Instant requestedAt;
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

        void authorised(String reference, List<ProviderAttempt> after) {
            providerReference = reference;
            reached(PaymentStatus.AUTHORIZED, after);
        }

        void refused(PaymentStatus next, ProviderRefusal because, List<ProviderAttempt> after) {
            refusal = because;
            reached(next, after);
        }

        void undone(@Nullable Money givenBack, List<ProviderAttempt> after) {
            refunded = givenBack;
            reached(givenBack == null ? PaymentStatus.VOIDED : PaymentStatus.REFUNDED, after);
        }

        void reached(PaymentStatus next, List<ProviderAttempt> after) {
            if (PASSED_UPWARDS.indexOf(next) > PASSED_UPWARDS.indexOf(status)) {
                status = next;
            }
            attempts.addAll(after);
        }

        private @Nullable String attempts() {
            return attempts.isEmpty()
                    ? null
                    : attempts.stream().map(Json::write).collect(Collectors.joining(","));
        }

        private String positions() {
            return positions.stream().map(String::valueOf).collect(Collectors.joining(","));
        }
    }
}
