package io.orderworkflow.api.cart;

import io.orderworkflow.api.CartId;
import io.orderworkflow.api.Money;
import io.orderworkflow.api.Sku;
import org.axonframework.serialization.Revision;

/**
 * An item is in the cart, with that many pieces from now on.
 *
 * @param cartId the cart
 * @param sku the product
 * @param quantity pieces, in all
 * @param price price of one piece, as the customer saw it
 */
@Revision("1")
public record ItemAddedToCart(CartId cartId, Sku sku, int quantity, Money price) implements CartEvent {}
