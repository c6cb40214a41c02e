package io.orderworkflow.api.inventory;

import io.orderworkflow.api.Sku;
import org.axonframework.serialization.Revision;

/**
 * The number of available pieces at which the product counts as low was set.
 *
 * @param sku the product
 * @param reorderPoint that number; 0 for never
 */
@Revision("1")
public record ReorderPointSet(Sku sku, long reorderPoint) implements StockEvent {}
