package io.orderworkflow.api.order;

import io.orderworkflow.api.OrderId;
import org.axonframework.modelling.command.TargetAggregateIdentifier;

/**
 * Says that a step of the order's way was not answered in time. Sent by the durable deadline of that step, possibly
 * more than once and possibly late: the order only records it, and the saga ignores it if it waits in another step.
 * Answered by {@link OrderStepExpired}.
 *
 * @param orderId the order
 * @param step the step that was waited in
 * @param attempt how often the step had been asked by then, from 1: an attempt expires once
 */
public record ExpireOrderStep(@TargetAggregateIdentifier OrderId orderId, OrderStep step, int attempt)
        implements OrderCommand {}
