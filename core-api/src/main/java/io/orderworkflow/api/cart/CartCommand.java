package io.orderworkflow.api.cart;

import io.orderworkflow.api.CartId;

/** What can be asked of a cart. */
public sealed interface CartCommand permits AddItemToCart, CheckOutCart, CreateCart, ExpireCart, RemoveItemFromCart {

    /** The cart asked. */
    CartId cartId();
}
