package io.orderworkflow.api.inventory;

import io.orderworkflow.api.OrderId;
import io.orderworkflow.api.Sku;
import java.util.UUID;

/**
 * Puts pieces of an order back on the shelves that had left the stock for good. Sent by the saga. Answered by
 * {@link StockRestocked}; repeating it with the same identifier has no effect.
 *
 * @param sku the product
 * @param orderId the order
 * @param quantity pieces, more than 0
 * @param returnId what this return is known by: the refund that it belongs to, or the order where it was cancelled
 */
public record RestockReturned(Sku sku, OrderId orderId, long quantity, UUID returnId) implements StockCommand {

    /**
     * Creates the command.
     *
     * @throws IllegalArgumentException if the quantity is not positive
     */
    public RestockReturned {
        if (quantity < 1) {
            throw new IllegalArgumentException("a return has at least one piece");
        }
    }
}
