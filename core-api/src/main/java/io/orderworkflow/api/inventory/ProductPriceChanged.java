package io.orderworkflow.api.inventory;

import io.orderworkflow.api.Money;
import io.orderworkflow.api.Sku;
import org.axonframework.serialization.Revision;

/**
 * A product has another price. Orders placed before keep theirs.
 *
 * @param sku the product
 * @param oldPrice price of one piece until now
 * @param newPrice price of one piece from now on
 */
@Revision("1")
public record ProductPriceChanged(Sku sku, Money oldPrice, Money newPrice) implements ProductEvent {}
