package io.orderworkflow.query;

import static java.util.Objects.requireNonNull;

import io.orderworkflow.api.OrderId;
import io.orderworkflow.api.PaymentId;
import io.orderworkflow.api.payment.PaymentStatus;
import io.orderworkflow.api.payment.PaymentView;
import io.orderworkflow.api.payment.ProviderAttempt;
import io.orderworkflow.api.payment.ProviderRefusal;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.UUID;
import org.hibernate.annotations.Formula;
import org.hibernate.annotations.Immutable;
import org.hibernate.annotations.JdbcTypeCode;
import org.hibernate.type.SqlTypes;
import org.jspecify.annotations.Nullable;

/** A payment as it is kept for readers. */
@Entity
@Immutable
@Table(schema = "orders", name = "payment_view")
class PaymentRow {

    @Id
    @Column(name = "payment_id")
    private UUID paymentId;

    @Column(name = "order_id")
    private UUID orderId;

    @Enumerated(EnumType.STRING)
    @JdbcTypeCode(SqlTypes.NAMED_ENUM)
    private PaymentStatus status;

    @Column(name = "reason_code")
    private @Nullable String reasonCode;

    @Column(name = "reason_message")
    private @Nullable String reasonMessage;

    private @Nullable BigDecimal amount;
    private @Nullable BigDecimal refunded;
    private @Nullable String currency;
    private @Nullable String refunds;
    private @Nullable String method;

    @Column(name = "provider_reference")
    private @Nullable String providerReference;

    private @Nullable String attempts;

    @Column(name = "requested_at")
    private @Nullable Instant requestedAt;

    /** Grows with every event of the payment. */
    @Formula("cardinality(events)")
    private long version;

    boolean wasRequested() {
        return requestedAt != null;
    }

    PaymentView view() {
        String code = requireNonNull(currency);
        return new PaymentView(
                new PaymentId(paymentId),
                new OrderId(orderId),
                status,
                reasonCode == null ? null : new ProviderRefusal(reasonCode, requireNonNull(reasonMessage)),
                Amounts.money(requireNonNull(amount), code),
                refunded == null ? null : Amounts.money(refunded, code),
                RefundChange.refunds(Json.readAppended(refunds, RefundChange.class)),
                requireNonNull(method),
                providerReference,
                Json.readAppended(attempts, ProviderAttempt.class),
                requireNonNull(requestedAt),
                version);
    }
}
