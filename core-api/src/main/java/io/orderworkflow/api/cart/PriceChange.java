package io.orderworkflow.api.cart;

import io.orderworkflow.api.Money;
import io.orderworkflow.api.Sku;

/**
 * A price that changed while an item was in a cart.
 *
 * @param sku the product
 * @param seen price of one piece when it was put into the cart
 * @param now price of one piece at check-out
 */
public record PriceChange(Sku sku, Money seen, Money now) {}
