package io.orderworkflow.api.inventory;

import io.orderworkflow.api.OrderId;
import io.orderworkflow.api.Sku;
import org.axonframework.serialization.Revision;

/**
 * Pieces were set aside for an order.
 *
 * @param sku the product
 * @param orderId the order
 * @param quantity pieces set aside
 * @param reserved pieces set aside for all orders after that
 */
@Revision("1")
public record StockReserved(Sku sku, OrderId orderId, long quantity, long reserved) implements StockEvent {}
