package io.orderworkflow.rest;

import io.orderworkflow.api.cart.CartView;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;

/** How a cart is paid and where it goes. What is ordered stands in the cart. */
record CheckOutRequest(
        @NotNull(message = Rules.REQUIRED) @Valid PlaceOrderRequest.Payment payment,
        @NotNull(message = Rules.REQUIRED) @Valid PlaceOrderRequest.Address shippingAddress) {

    /** The same as if the cart's items were ordered without a cart. */
    PlaceOrderRequest orderOf(CartView cart) {
        return new PlaceOrderRequest(
                cart.customerId().value(),
                cart.items().stream()
                        .map(item -> new PlaceOrderRequest.Line(item.sku().value(), item.quantity()))
                        .toList(),
                payment,
                shippingAddress);
    }
}
