package io.orderworkflow.api.cart;

import io.orderworkflow.api.CartId;
import io.orderworkflow.api.CustomerId;
import org.axonframework.modelling.command.TargetAggregateIdentifier;

/**
 * Asks for an empty cart. Sent by the REST API. Answered by {@link CartCreated}; repeating it has no effect.
 *
 * @param cartId the cart to be
 * @param customerId whose it is
 */
public record CreateCart(@TargetAggregateIdentifier CartId cartId, CustomerId customerId) implements CartCommand {}
