package io.orderworkflow.api.inventory;

import io.orderworkflow.api.Sku;
import org.axonframework.serialization.Revision;

/**
 * The available pieces fell to the reorder point. Told once, until they rose above it again.
 *
 * @param sku the product
 * @param available pieces on hand that are not reserved
 * @param reorderPoint the number at or below which the product counts as low
 */
@Revision("1")
public record LowStockDetected(Sku sku, long available, long reorderPoint) implements StockEvent {}
