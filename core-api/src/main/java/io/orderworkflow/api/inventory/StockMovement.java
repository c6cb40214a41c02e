package io.orderworkflow.api.inventory;

import io.orderworkflow.api.OrderId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One change of the pieces on hand of a product.
 *
 * @param sequence the number of the change's event at the stock item
 * @param at when it happened
 * @param type the event's logical name, such as {@code StockDebited}
 * @param previous pieces on hand before
 * @param delta pieces more or less
 * @param onHand pieces on hand after
 * @param orderId the order that it was for, if it was for one
 * @param reason why: the reason of an adjustment, the reference of a receipt
 */
public record StockMovement(
        long sequence,
        Instant at,
        String type,
        long previous,
        long delta,
        long onHand,
        @Nullable OrderId orderId,
        @Nullable String reason) {}
