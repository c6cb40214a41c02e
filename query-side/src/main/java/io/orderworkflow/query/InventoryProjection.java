package io.orderworkflow.query;

import io.orderworkflow.api.inventory.FindProducts;
import io.orderworkflow.api.inventory.FindProductsBySku;
import io.orderworkflow.api.inventory.FindStock;
import io.orderworkflow.api.inventory.FindStockItem;
import io.orderworkflow.api.inventory.FindStockMovements;
import io.orderworkflow.api.inventory.ProductDescriptionChanged;
import io.orderworkflow.api.inventory.ProductPage;
import io.orderworkflow.api.inventory.ProductPriceChanged;
import io.orderworkflow.api.inventory.ProductRegistered;
import io.orderworkflow.api.inventory.Products;
import io.orderworkflow.api.inventory.ReorderPointSet;
import io.orderworkflow.api.inventory.StockAdjusted;
import io.orderworkflow.api.inventory.StockDebited;
import io.orderworkflow.api.inventory.StockItemOpened;
import io.orderworkflow.api.inventory.StockMovementPage;
import io.orderworkflow.api.inventory.StockPage;
import io.orderworkflow.api.inventory.StockReceived;
import io.orderworkflow.api.inventory.StockReleased;
import io.orderworkflow.api.inventory.StockReserved;
import io.orderworkflow.api.inventory.StockRestocked;
import io.orderworkflow.api.inventory.StockView;
import io.orderworkflow.platform.projection.BatchedChanges;
import io.orderworkflow.query.InventoryChanges.Movement;
import io.orderworkflow.query.InventoryChanges.ProductChange;
import io.orderworkflow.query.audit.AuditNotes;
import java.time.Instant;
import org.axonframework.config.ProcessingGroup;
import org.axonframework.eventhandling.EventHandler;
import org.axonframework.eventhandling.ResetHandler;
import org.axonframework.eventhandling.SequenceNumber;
import org.axonframework.eventhandling.Timestamp;
import org.axonframework.queryhandling.QueryHandler;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;

/** Products and their stock as readers see them. */
@ProcessingGroup(InventoryProjection.GROUP)
final class InventoryProjection {

    static final String GROUP = "inventory-view";

    private final JdbcTemplate jdbc;
    private final InventoryReader inventory;
    private final AuditNotes notes;
    private final BatchedChanges<InventoryChanges> changes;

    InventoryProjection(JdbcTemplate jdbc, InventoryReader inventory, ProductUpdates updates, AuditNotes notes) {
        this.jdbc = jdbc;
        this.inventory = inventory;
        this.notes = notes;
        this.changes = new BatchedChanges<>(InventoryChanges::new, batch -> {
            batch.write(jdbc);
            updates.tellOnceCommitted(batch.changedProducts());
        });
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

    @ResetHandler
    void forget() {
        jdbc.execute("truncate product_view, stock_view, stock_movement");
        notes.forgetStock();
    }

    @QueryHandler
    ProductPage handle(FindProducts query) {
        return inventory.find(query);
    }

    @QueryHandler
    Products handle(FindProductsBySku query) {
        return inventory.find(query);
    }

    @QueryHandler
    StockPage handle(FindStock query) {
        return inventory.find(query);
    }

    @QueryHandler
    @Nullable
    StockView handle(FindStockItem query) {
        return inventory.find(query);
    }

    @QueryHandler
    StockMovementPage handle(FindStockMovements query) {
        return inventory.find(query);
    }
}
