package io.orderworkflow.api.inventory;

import io.orderworkflow.api.OrderId;
import io.orderworkflow.api.Sku;

/**
 * Asks for pieces to be set aside for an order. Sent by the saga, once for every SKU of an order. Answered by
 * {@link StockReserved} or {@link StockReservationRejected}; repeating it has no effect, nor has it after the order's
 * reservation was released or debited, however late it arrives.
 *
 * @param sku the product
 * @param orderId the order
 * @param quantity pieces, summed over the order's lines, more than 0
 */
public record ReserveStock(Sku sku, OrderId orderId, long quantity) implements StockCommand {

    /**
     * Creates the command.
     *
     * @throws IllegalArgumentException if the quantity is not positive
     */
    public ReserveStock {
        if (quantity < 1) {
            throw new IllegalArgumentException("a reservation has at least one piece");
        }
    }
}
