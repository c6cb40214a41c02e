package io.orderworkflow.rest;

import io.orderworkflow.api.OrderId;
import io.orderworkflow.api.order.OrderTimeline;
import io.orderworkflow.api.order.Workflow;
import io.orderworkflow.api.order.WorkflowSteps;
import java.util.List;

/**
 * Everything that happened to an order.
 *
 * @param orderId the order
 * @param story all of it in one text
 * @param items its events, oldest first
 * @param steps what was done on each of them, oldest first
 * @param open what it, or a refund of it, waits for
 */
record TimelineAnswer(
        OrderId orderId,
        String story,
        List<OrderTimeline.Entry> items,
        List<WorkflowSteps.Step> steps,
        List<Workflow> open) {

    static TimelineAnswer of(OrderTimeline timeline, WorkflowSteps steps) {
        return new TimelineAnswer(
                timeline.orderId(),
                OrderStory.of(timeline, steps.open()),
                timeline.entries(),
                steps.steps(),
                steps.open());
    }
}
