package io.orderworkflow.api.inventory;

import io.orderworkflow.api.Sku;

/**
 * Corrects the stock, as after a count. Sent by the REST API. Answered by {@link StockAdjusted}. Refused for an
 * unknown product ({@code UNKNOWN}), when it would take away reserved pieces ({@code STOCK_RESERVED}), and beyond
 * {@link ReceiveStock#MAX_ON_HAND} ({@code STOCK_LIMIT_EXCEEDED}).
 *
 * @param sku the product
 * @param delta pieces more (positive) or less (negative), not zero
 * @param reason why, 1 to 200 characters
 */
public record AdjustStock(Sku sku, long delta, String reason) implements StockCommand {

    /**
     * Creates the command.
     *
     * @throws IllegalArgumentException if nothing would change
     */
    public AdjustStock {
        if (delta == 0) {
            throw new IllegalArgumentException("an adjustment changes the stock by at least one piece");
        }
    }
}
