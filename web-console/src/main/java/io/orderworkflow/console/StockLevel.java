package io.orderworkflow.console;

import io.orderworkflow.api.inventory.ProductView;
import io.orderworkflow.api.inventory.StockView;
import org.jspecify.annotations.Nullable;

/**
 * What there is of a product, as it is shown.
 *
 * @param stock how many pieces
 * @param product the product; {@code null} if that is not known
 */
record StockLevel(StockView stock, @Nullable ProductView product) {

    private static final int FULL = 100;

    public boolean isLow() {
        return stock.reorderPoint() > 0 && stock.available() <= stock.reorderPoint();
    }

    /** The product's name, or its SKU. */
    public String name() {
        return product == null ? stock.sku().value() : product.name();
    }

    /** How much of what is on hand is reserved, in percent. */
    public long reservedShare() {
        return stock.onHand() == 0 ? 0 : FULL * stock.reserved() / stock.onHand();
    }

    /** How much of what is on hand can still be promised, in percent. */
    public long availableShare() {
        return stock.onHand() == 0 ? 0 : FULL - reservedShare();
    }
}
