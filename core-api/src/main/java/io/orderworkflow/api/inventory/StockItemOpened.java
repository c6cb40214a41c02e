package io.orderworkflow.api.inventory;

import io.orderworkflow.api.Sku;
import org.axonframework.serialization.Revision;

/**
 * Stock of a product is kept from now on; there is none yet. Published together with {@link ProductRegistered}.
 *
 * @param sku the product
 */
@Revision("1")
public record StockItemOpened(Sku sku) implements StockEvent {}
