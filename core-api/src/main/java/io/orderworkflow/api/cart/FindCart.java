package io.orderworkflow.api.cart;

import io.orderworkflow.api.CartId;

/**
 * Asks for one cart; answered by an optional {@link CartView}, always as it stands at that moment.
 *
 * @param cartId the cart
 */
public record FindCart(CartId cartId) {}
