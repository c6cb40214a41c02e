package io.orderworkflow.api.inventory;

import io.orderworkflow.api.OrderId;
import io.orderworkflow.api.Sku;
import org.axonframework.serialization.Revision;

/**
 * An order holds no pieces any more, and will not get any.
 *
 * @param sku the product
 * @param orderId the order
 * @param quantity pieces given back; 0 if none were reserved
 * @param reserved pieces set aside for all orders after that
 */
@Revision("1")
public record StockReleased(Sku sku, OrderId orderId, long quantity, long reserved) implements StockEvent {}
