package io.orderworkflow.api.inventory;

import io.orderworkflow.api.Sku;

/**
 * Sets the number of available pieces at which a product counts as low. Sent by the REST API. Answered by
 * {@link ReorderPointSet}, and by {@link LowStockDetected} if it is low by that. Repeating it has no effect.
 *
 * @param sku the product
 * @param quantity available pieces at or below which stock is low; 0 for never
 */
public record SetReorderPoint(Sku sku, long quantity) implements StockCommand {

    /**
     * Creates the command.
     *
     * @throws IllegalArgumentException if the quantity is out of bounds
     */
    public SetReorderPoint {
        if (quantity < 0 || quantity > ReceiveStock.MAX_ON_HAND) {
            throw new IllegalArgumentException("a reorder point is 0 to " + ReceiveStock.MAX_ON_HAND + " pieces");
        }
    }
}
