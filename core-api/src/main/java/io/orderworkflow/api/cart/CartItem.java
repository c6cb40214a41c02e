package io.orderworkflow.api.cart;

import io.orderworkflow.api.Money;
import io.orderworkflow.api.Sku;

/**
 * An item in a cart.
 *
 * @param sku the product
 * @param quantity pieces
 * @param price price of one piece, as it was seen when the item was put in
 */
public record CartItem(Sku sku, int quantity, Money price) {}
