package io.orderworkflow.api.order;

import io.orderworkflow.api.OrderId;
import org.axonframework.modelling.command.TargetAggregateIdentifier;

/**
 * Asks for an order to be cancelled, at any moment before it is shipped. Sent by the REST API. Answered by
 * {@link OrderCancellationRequested} and, when everything is undone, by {@link OrderCancelled}. Repeating it has no
 * effect. Refused for an unknown order ({@code UNKNOWN}), and for one that is shipped or rejected
 * ({@code ORDER_NOT_CANCELLABLE}).
 *
 * @param orderId the order
 * @param reason why, 1 to 200 characters
 */
public record RequestOrderCancellation(
        @TargetAggregateIdentifier OrderId orderId, String reason) implements OrderCommand {}
