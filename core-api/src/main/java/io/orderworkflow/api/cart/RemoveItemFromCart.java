package io.orderworkflow.api.cart;

import io.orderworkflow.api.CartId;
import io.orderworkflow.api.Sku;
import org.axonframework.modelling.command.TargetAggregateIdentifier;

/**
 * Takes an item out of a cart. Sent by the REST API. Answered by {@link ItemRemovedFromCart}, or by nothing if it is not
 * in there. Refused with {@code CART_CHECKED_OUT} or {@code CART_EXPIRED}.
 *
 * @param cartId the cart
 * @param sku the product
 */
public record RemoveItemFromCart(@TargetAggregateIdentifier CartId cartId, Sku sku) implements CartCommand {}
