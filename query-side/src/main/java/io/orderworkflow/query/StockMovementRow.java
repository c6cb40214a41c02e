package io.orderworkflow.query;

import io.orderworkflow.api.OrderId;
import io.orderworkflow.api.inventory.StockMovement;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.Table;
import java.io.Serializable;
import java.time.Instant;
import java.util.UUID;
import org.hibernate.annotations.Immutable;
import org.jspecify.annotations.Nullable;

/** A change of the pieces on hand as it is kept for readers. */
@Entity
@Immutable
@Table(schema = "inventory", name = "stock_movement")
@IdClass(StockMovementRow.Key.class)
class StockMovementRow {

    @Id
    private String sku;

    @Id
    private long sequence;

    private Instant at;
    private String type;
    private long delta;

    @Column(name = "on_hand")
    private long onHand;

    @Column(name = "order_id")
    private @Nullable UUID orderId;

    private @Nullable String reason;

    StockMovement view() {
        return new StockMovement(
                sequence,
                at,
                type,
                onHand - delta,
                delta,
                onHand,
                orderId == null ? null : new OrderId(orderId),
                reason);
    }

    record Key(String sku, long sequence) implements Serializable {}
}
