package io.orderworkflow.inventory;

import io.orderworkflow.api.Sku;
import io.orderworkflow.api.inventory.StockCommand;
import org.axonframework.modelling.command.Repository;

/** The stock items of all products. */
final class StockItems {

    private final Repository<StockItem> repository;

    StockItems(Repository<StockItem> repository) {
        this.repository = repository;
    }

    /**
     * Opens the stock of a product in the current unit of work. Its stream may exist before its product does: a process
     * that asked for it was told no, and that answer is remembered there. So this loads or creates, where creating
     * alone would fail for ever on such a SKU.
     */
    void open(Sku sku) {
        try {
            repository
                    .loadOrCreate(StockCommand.stockItemId(sku), StockItem::new)
                    .execute(stockItem -> stockItem.open(sku));
        } catch (RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new IllegalStateException("a new stock item cannot fail in this way", e);
        }
    }
}
