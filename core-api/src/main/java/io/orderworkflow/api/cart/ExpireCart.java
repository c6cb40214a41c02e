package io.orderworkflow.api.cart;

import io.orderworkflow.api.CartId;
import org.axonframework.modelling.command.TargetAggregateIdentifier;

/**
 * Ends a cart that was not changed for long. Sent by a deadline. Answered by {@link CartExpired}; by nothing if the cart
 * was changed since, checked out, or expired before.
 *
 * @param cartId the cart
 * @param lastChange sequence number of the cart's event that was the last one when the deadline was set
 */
public record ExpireCart(@TargetAggregateIdentifier CartId cartId, long lastChange) implements CartCommand {}
