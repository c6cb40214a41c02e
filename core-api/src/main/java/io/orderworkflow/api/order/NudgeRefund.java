package io.orderworkflow.api.order;

import io.orderworkflow.api.OrderId;
import io.orderworkflow.api.RefundId;
import org.axonframework.modelling.command.TargetAggregateIdentifier;

/**
 * Asks for what a refund waits for to be asked again now. Sent by the REST API. Answered by {@link RefundNudged}, every
 * time: it is a person who asks; by nothing for a refund that was never requested. Refused for an unknown order
 * ({@code UNKNOWN}).
 *
 * @param orderId the order
 * @param refundId the refund
 */
public record NudgeRefund(@TargetAggregateIdentifier OrderId orderId, RefundId refundId) implements OrderCommand {}
