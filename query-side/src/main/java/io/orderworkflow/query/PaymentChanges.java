package io.orderworkflow.query;

import io.orderworkflow.api.Money;
import io.orderworkflow.api.PaymentId;
import io.orderworkflow.api.payment.PaymentRequested;
import io.orderworkflow.api.payment.PaymentStatus;
import io.orderworkflow.api.payment.PaymentVoided;
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

/** What a batch of events changes about payments. */
final class PaymentChanges {

    // Attempts are lists in JSON without their brackets, so that further ones can be appended to what is there.
    private static final BatchStatement<Change> PAYMENTS = new BatchStatement<Change>("""
                    insert into payment_view as v (payment_id, order_id, status, reason_code, reason_message, amount,
                        refunded, currency, method, provider_reference, attempts, requested_at, version)
                    select * from unnest(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                    on conflict (payment_id) do update set
                        status = case when v.status = 'DECLINED' then v.status
                            else coalesce(excluded.status, v.status) end,
                        reason_code = coalesce(excluded.reason_code, v.reason_code),
                        reason_message = coalesce(excluded.reason_message, v.reason_message),
                        refunded = coalesce(excluded.refunded, v.refunded),
                        provider_reference = coalesce(excluded.provider_reference, v.provider_reference),
                        attempts = concat_ws(',', v.attempts, excluded.attempts),
                        version = excluded.version
                    """)
            .with("uuid", change -> change.paymentId)
            .with("uuid", change -> change.requested == null ? null : change.requested.orderId())
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
            .with("int8", change -> change.version);

    private final Map<PaymentId, Change> changes = new LinkedHashMap<>();

    Change of(PaymentId paymentId, long position) {
        Change change = changes.computeIfAbsent(paymentId, Change::new);
        change.version = position;
        return change;
    }

    void write(JdbcTemplate jdbc) {
        PAYMENTS.execute(jdbc, changes.values());
    }

    /** Where a payment stands that was undone: money that was given back is more than money let go. */
    static PaymentStatus statusAfter(PaymentVoided event) {
        return event.refunded() == null ? PaymentStatus.VOIDED : PaymentStatus.REFUNDED;
    }

    /** What becomes of one payment. What is {@code null} stays as it was. */
    static final class Change {

        private final PaymentId paymentId;
        private final List<ProviderAttempt> attempts = new ArrayList<>();
        private @Nullable PaymentRequested requested;
        private @Nullable Instant requestedAt;
        private @Nullable PaymentStatus status;
        private @Nullable ProviderRefusal refusal;
        private @Nullable Money refunded;
        private @Nullable String providerReference;
        private long version;

        private Change(PaymentId paymentId) {
            this.paymentId = paymentId;
        }

        void requested(PaymentRequested event, Instant at) {
            requested = event;
            requestedAt = at;
            status = PaymentStatus.REQUESTED;
        }

        void reached(PaymentStatus next, List<ProviderAttempt> after) {
            if (status != PaymentStatus.DECLINED) {
                status = next;
            }
            attempts.addAll(after);
        }

        void refused(PaymentStatus next, ProviderRefusal because, List<ProviderAttempt> after) {
            refusal = because;
            reached(next, after);
        }

        void authorised(String reference, List<ProviderAttempt> after) {
            providerReference = reference;
            reached(PaymentStatus.AUTHORIZED, after);
        }

        void refunded(Money amount) {
            refunded = amount;
        }

        private @Nullable String attempts() {
            return attempts.isEmpty()
                    ? null
                    : attempts.stream().map(Json::write).collect(Collectors.joining(","));
        }
    }
}
