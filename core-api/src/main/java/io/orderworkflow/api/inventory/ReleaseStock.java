package io.orderworkflow.api.inventory;

import io.orderworkflow.api.OrderId;
import io.orderworkflow.api.Sku;

/**
 * Gives back what was set aside for an order. Sent by the saga to every SKU that was asked, reserved or not. Answered
 * by {@link StockReleased}, also where nothing was reserved, so that a {@link ReserveStock} which it overtook has no
 * effect. Repeating it has no effect, but that a repeat after minutes is answered once more, with no pieces; nor has it an
 * effect after the reservation was debited.
 *
 * @param sku the product
 * @param orderId the order
 */
public record ReleaseStock(Sku sku, OrderId orderId) implements StockCommand {}
