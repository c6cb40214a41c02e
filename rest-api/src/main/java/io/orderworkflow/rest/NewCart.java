package io.orderworkflow.rest;

import io.orderworkflow.api.CartId;

/**
 * Says which cart was created.
 *
 * @param cartId the cart
 */
record NewCart(CartId cartId) {}
