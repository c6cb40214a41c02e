package io.orderworkflow.query;

import io.orderworkflow.api.CustomerId;
import io.orderworkflow.api.OrderId;
import io.orderworkflow.api.PaymentId;
import io.orderworkflow.api.order.OrderLine;
import io.orderworkflow.api.order.OrderStatus;
import io.orderworkflow.api.order.OrderView;
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
import org.hibernate.annotations.JdbcTypeCode;
import org.hibernate.type.SqlTypes;
import org.jspecify.annotations.Nullable;

/** An order as it is kept for readers. */
@Entity
@Immutable
@Table(schema = "orders", name = "order_view")
class OrderRow {

    @Id
    @Column(name = "order_id")
    private UUID orderId;

    @Column(name = "customer_id")
    private String customerId;

    @Enumerated(EnumType.STRING)
    @JdbcTypeCode(SqlTypes.NAMED_ENUM)
    private OrderStatus status;

    private @Nullable String reason;
    private String lines;

    private BigDecimal total;
    private String currency;

    @Column(name = "payment_id")
    private UUID paymentId;

    @Enumerated(EnumType.STRING)
    @JdbcTypeCode(SqlTypes.NAMED_ENUM)
    @Column(name = "payment_status")
    private @Nullable PaymentStatus paymentStatus;

    private @Nullable String shipment;

    @Column(name = "delivered_at")
    private @Nullable Instant deliveredAt;

    private @Nullable String cancellation;

    @Column(name = "shipping_address")
    private @Nullable String shippingAddress;

    @Column(name = "placed_at")
    private Instant placedAt;

    @Column(name = "settled_at")
    private @Nullable Instant settledAt;

    /** Grows with every event of the order, its stock and its payment. */
    private long version;

    OrderView view() {
        return new OrderView(
                new OrderId(orderId),
                new CustomerId(customerId),
                status,
                Json.readIfAny(reason, OrderView.StatusReason.class),
                Json.readList(lines, OrderLine.class),
                Amounts.money(total, currency),
                paymentStatus == null ? null : new OrderView.Payment(new PaymentId(paymentId), paymentStatus),
                shipment(),
                Json.readIfAny(cancellation, OrderView.Cancellation.class),
                Json.readIfAny(shippingAddress, ShippingAddress.class),
                placedAt,
                settledAt,
                version);
    }

    private OrderView.@Nullable Shipment shipment() {
        OrderView.Shipment shipped = Json.readIfAny(shipment, OrderView.Shipment.class);
        return shipped == null
                ? null
                : new OrderView.Shipment(shipped.carrier(), shipped.trackingNumber(), shipped.shippedAt(), deliveredAt);
    }
}
