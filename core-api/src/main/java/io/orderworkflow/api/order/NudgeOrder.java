package io.orderworkflow.api.order;

import io.orderworkflow.api.OrderId;
import org.axonframework.modelling.command.TargetAggregateIdentifier;

/**
 * Asks for the step that an order waits in to be asked again now. Sent by the REST API. Answered by
 * {@link OrderNudged}, every time: it is a person who asks. Refused for an unknown order ({@code UNKNOWN}).
 *
 * @param orderId the order
 */
public record NudgeOrder(@TargetAggregateIdentifier OrderId orderId) implements OrderCommand {}
