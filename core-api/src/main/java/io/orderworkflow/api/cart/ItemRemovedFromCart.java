package io.orderworkflow.api.cart;

import io.orderworkflow.api.CartId;
import io.orderworkflow.api.Sku;
import org.axonframework.serialization.Revision;

/**
 * An item is no longer in the cart.
 *
 * @param cartId the cart
 * @param sku the product
 */
@Revision("1")
public record ItemRemovedFromCart(CartId cartId, Sku sku) implements CartEvent {}
