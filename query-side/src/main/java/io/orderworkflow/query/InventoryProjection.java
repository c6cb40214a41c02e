package io.orderworkflow.query;

import io.orderworkflow.api.inventory.ProductDescriptionChanged;
import io.orderworkflow.api.inventory.ProductPriceChanged;
import io.orderworkflow.api.inventory.ProductRegistered;
import io.orderworkflow.api.inventory.ReorderPointSet;
import io.orderworkflow.api.inventory.StockAdjusted;
import io.orderworkflow.api.inventory.StockDebited;
import io.orderworkflow.api.inventory.StockItemOpened;
import io.orderworkflow.api.inventory.StockReceived;
import io.orderworkflow.api.inventory.StockReleased;
import io.orderworkflow.api.inventory.StockReserved;
import io.orderworkflow.api.inventory.StockRestocked;
import io.orderworkflow.platform.projection.BatchedChanges;
import io.orderworkflow.platform.projection.Generation;
import io.orderworkflow.platform.projection.Projection;
import io.orderworkflow.query.InventoryChanges.Movement;
import io.orderworkflow.query.InventoryChanges.ProductChange;
import io.orderworkflow.query.audit.AuditNotes;
import java.time.Instant;
import org.axonframework.eventhandling.EventHandler;
import org.axonframework.eventhandling.SequenceNumber;
import org.axonframework.eventhandling.Timestamp;
import org.springframework.jdbc.core.JdbcTemplate;

/** Products and their stock as readers see them. */
final class InventoryProjection implements Projection {

    static final String GROUP = "inventory-view";

    private final Generation generation;
    private final AuditNotes notes;
    private final BatchedChanges<InventoryChanges> changes;

    InventoryProjection(
            Generation generation, JdbcTemplate jdbc, ProductUpdates updates, AuditNotes notes, Commits commits) {
        this.generation = generation;
        this.notes = notes.of(generation);
        this.changes = new BatchedChanges<>(InventoryChanges::new, batch -> {
            batch.write(generation, jdbc);
            if (generation.tells()) {
                updates.tellOnceCommitted(batch.changedProducts());
                commits.tellOnceCommitted();
            }
        });
    }

    @Override
    public Generation generation() {
        return generation;
    }

    @EventHandler
    void on(ProductRegistered event, @SequenceNumber long sequence) {
        ProductChange product = changes.current().product(event.sku(), sequence);
        product.described(event.name(), event.category());
        product.priced(event.price());
    }

    @EventHandler
    void on(ProductPriceChanged event, @SequenceNumber long sequence) {
        changes.current().product(event.sku(), sequence).priced(event.newPrice());
    }

    @EventHandler
    void on(ProductDescriptionChanged event, @SequenceNumber long sequence) {
        changes.current().product(event.sku(), sequence).described(event.name(), event.category());
    }

    @EventHandler
    void on(StockItemOpened event, @SequenceNumber long sequence) {
        notes.moved(event.sku(), sequence);
        changes.current().stock(event.sku(), sequence).onHand(0).reserved(0).reorderPoint(0);
    }

    @EventHandler
    void on(StockReceived event, @SequenceNumber long sequence, @Timestamp Instant at) {
        notes.moved(event.sku(), sequence);
        InventoryChanges batch = changes.current();
        batch.stock(event.sku(), sequence).onHand(event.onHand());
        batch.moved(new Movement(
                event.sku(), sequence, at, "StockReceived", event.quantity(), event.onHand(), null, event.reference()));
    }

    @EventHandler
    void on(StockAdjusted event, @SequenceNumber long sequence, @Timestamp Instant at) {
        notes.moved(event.sku(), sequence);
        InventoryChanges batch = changes.current();
        batch.stock(event.sku(), sequence).onHand(event.onHand());
        batch.moved(new Movement(
                event.sku(), sequence, at, "StockAdjusted", event.delta(), event.onHand(), null, event.reason()));
    }

    @EventHandler
    void on(ReorderPointSet event, @SequenceNumber long sequence) {
        changes.current().stock(event.sku(), sequence).reorderPoint(event.reorderPoint());
    }

    @EventHandler
    void on(StockReserved event, @SequenceNumber long sequence) {
        notes.reserved(event.sku(), sequence, event.orderId(), event.quantity());
        changes.current().stock(event.sku(), sequence).reserved(event.reserved());
    }

    @EventHandler
    void on(StockReleased event, @SequenceNumber long sequence) {
        notes.reserved(event.sku(), sequence, event.orderId(), -event.quantity());
        changes.current().stock(event.sku(), sequence).reserved(event.reserved());
    }

    @EventHandler
    void on(StockDebited event, @SequenceNumber long sequence, @Timestamp Instant at) {
        notes.reserved(event.sku(), sequence, event.orderId(), -event.debited());
        InventoryChanges batch = changes.current();
        batch.stock(event.sku(), sequence).onHand(event.onHand()).reserved(event.reserved());
        batch.moved(new Movement(
                event.sku(), sequence, at, "StockDebited", -event.debited(), event.onHand(), event.orderId(), null));
    }

    @EventHandler
    void on(StockRestocked event, @SequenceNumber long sequence, @Timestamp Instant at) {
        notes.moved(event.sku(), sequence);
        InventoryChanges batch = changes.current();
        batch.stock(event.sku(), sequence).onHand(event.onHand());
        batch.moved(new Movement(
                event.sku(),
                sequence,
                at,
                "StockRestocked",
                event.quantity(),
                event.onHand(),
                event.orderId(),
                event.returnId().equals(event.orderId().value()) ? "order cancelled" : "refund " + event.returnId()));
    }
}
