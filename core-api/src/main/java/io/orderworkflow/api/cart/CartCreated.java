package io.orderworkflow.api.cart;

import io.orderworkflow.api.CartId;
import io.orderworkflow.api.CustomerId;
import org.axonframework.serialization.Revision;

/**
 * There is an empty cart.
 *
 * @param cartId the cart
 * @param customerId whose it is
 */
@Revision("1")
public record CartCreated(CartId cartId, CustomerId customerId) implements CartEvent {}
