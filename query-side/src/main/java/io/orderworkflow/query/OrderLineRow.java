package io.orderworkflow.query;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.Table;
import java.io.Serializable;
import java.util.UUID;
import org.hibernate.annotations.Immutable;

/** That a product is on a line of an order. */
@Entity
@Immutable
@Table(name = "order_line_view")
@IdClass(OrderLineRow.Key.class)
class OrderLineRow {

    @Id
    private String sku;

    @Id
    @Column(name = "order_id")
    private UUID orderId;

    record Key(String sku, UUID orderId) implements Serializable {}
}
