package io.orderworkflow.query;

import io.orderworkflow.api.CustomerId;
import io.orderworkflow.api.OrderId;
import io.orderworkflow.api.PaymentId;
import io.orderworkflow.api.order.OrderLine;
import io.orderworkflow.api.order.OrderStatus;
import io.orderworkflow.api.order.OrderView;
import io.orderworkflow.api.order.RejectionReason;
import io.orderworkflow.api.order.ShippingAddress;
import io.orderworkflow.api.payment.PaymentStatus;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.UUID;
import org.hibernate.annotations.Immutable;
import org.jspecify.annotations.Nullable;

/** An order as it is kept for readers. */
@Entity
@Immutable
@Table(name = "order_view")
class OrderRow {

    @Id
    @Column(name = "order_id")
    private UUID orderId;

    @Column(name = "customer_id")
    private String customerId;

    @Enumerated(EnumType.STRING)
    private OrderStatus status;

    private @Nullable String reason;
    private String lines;
    private BigDecimal total;
    private String currency;

    @Column(name = "payment_id")
    private @Nullable UUID paymentId;

    @Enumerated(EnumType.STRING)
    @Column(name = "payment_status")
    private @Nullable PaymentStatus paymentStatus;

    private String shipping;

    @Column(name = "placed_at")
    private Instant placedAt;

    @Column(name = "settled_at")
    private @Nullable Instant settledAt;

    private long version;

    OrderView view() {
        return new OrderView(
                new OrderId(orderId),
                new CustomerId(customerId),
                status,
                reason == null ? null : Json.read(reason, RejectionReason.class),
                Json.readList(lines, OrderLine.class),
                Amounts.money(total, currency),
                paymentId == null || paymentStatus == null
                        ? null
                        : new OrderView.Payment(new PaymentId(paymentId), paymentStatus),
                Json.read(shipping, ShippingAddress.class),
                placedAt,
                settledAt,
                version);
    }
}
