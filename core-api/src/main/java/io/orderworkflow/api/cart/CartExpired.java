package io.orderworkflow.api.cart;

import io.orderworkflow.api.CartId;
import org.axonframework.serialization.Revision;

/**
 * The cart was not changed for too long; nothing can be done with it any more.
 *
 * @param cartId the cart
 */
@Revision("1")
public record CartExpired(CartId cartId) implements CartEvent {}
