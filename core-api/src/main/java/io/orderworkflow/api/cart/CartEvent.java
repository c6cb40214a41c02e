package io.orderworkflow.api.cart;

import io.orderworkflow.api.CartId;

/** What can happen to a cart. */
public sealed interface CartEvent
        permits CartCheckedOut, CartCreated, CartExpired, ItemAddedToCart, ItemRemovedFromCart {

    /** The cart concerned. */
    CartId cartId();
}
