package io.orderworkflow.inventory;

import org.axonframework.modelling.command.Repository;

/** The aggregates that decide on products and stock. */
public final class InventoryParts {

    private InventoryParts() {}

    /** The type of stock items. */
    public static Class<?> stockItem() {
        return StockItem.class;
    }

    /** The type of products. */
    public static Class<?> product() {
        return Product.class;
    }

    /** What a product opens its stock through. */
    @SuppressWarnings("unchecked") // Asked for with the repository of the type above.
    public static Object stockItems(Repository<?> repository) {
        return new StockItems((Repository<StockItem>) repository);
    }
}
