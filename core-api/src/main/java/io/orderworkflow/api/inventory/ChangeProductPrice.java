package io.orderworkflow.api.inventory;

import io.orderworkflow.api.Money;
import io.orderworkflow.api.Sku;

/**
 * Changes the price of a product. Answered by {@link ProductPriceChanged}, or by nothing if that is its price already.
 * Refused for an unknown product ({@code UNKNOWN}).
 *
 * @param sku the product
 * @param price the new price of one piece, zero or more
 */
public record ChangeProductPrice(Sku sku, Money price) implements ProductCommand {}
