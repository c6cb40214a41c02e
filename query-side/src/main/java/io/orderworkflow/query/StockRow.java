package io.orderworkflow.query;

import static java.util.Objects.requireNonNullElse;

import io.orderworkflow.api.Sku;
import io.orderworkflow.api.inventory.StockView;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import org.hibernate.annotations.Formula;
import org.hibernate.annotations.Immutable;
import org.jspecify.annotations.Nullable;

/** The stock of a product as it is kept for readers. */
@Entity
@Immutable
@Table(schema = "inventory", name = "stock_view")
class StockRow {

    @Id
    private String sku;

    @Column(name = "on_hand")
    private @Nullable Long onHand;

    private @Nullable Long reserved;

    @Column(name = "reorder_point")
    private @Nullable Long reorderPoint;

    @Formula("on_hand - reserved")
    private @Nullable Long available;

    /** Stock that was only asked for, of a product that was never registered, is not kept. */
    boolean isOpen() {
        return onHand != null;
    }

    StockView view() {
        return new StockView(
                new Sku(sku),
                requireNonNullElse(onHand, 0L),
                requireNonNullElse(reserved, 0L),
                requireNonNullElse(available, 0L),
                requireNonNullElse(reorderPoint, 0L));
    }
}
