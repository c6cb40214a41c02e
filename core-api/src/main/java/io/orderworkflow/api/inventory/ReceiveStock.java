package io.orderworkflow.api.inventory;

import io.orderworkflow.api.Sku;
import org.jspecify.annotations.Nullable;

/**
 * Says that goods arrived. Sent by the REST API. Answered by {@link StockReceived}. Refused for an unknown product
 * ({@code UNKNOWN}) and beyond {@link #MAX_ON_HAND} ({@code STOCK_LIMIT_EXCEEDED}).
 *
 * @param sku the product
 * @param quantity pieces, 1 to {@link #MAX_ON_HAND}
 * @param reference the delivery's own number, up to 200 characters
 */
public record ReceiveStock(Sku sku, long quantity, @Nullable String reference) implements StockCommand {

    /** The most pieces that can be kept of one product. */
    public static final long MAX_ON_HAND = 1_000_000_000;

    /**
     * Creates the command.
     *
     * @throws IllegalArgumentException if the quantity is out of bounds
     */
    public ReceiveStock {
        if (quantity < 1 || quantity > MAX_ON_HAND) {
            throw new IllegalArgumentException("a receipt has 1 to " + MAX_ON_HAND + " pieces");
        }
    }
}
