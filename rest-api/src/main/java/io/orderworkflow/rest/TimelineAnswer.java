package io.orderworkflow.rest;

import io.orderworkflow.api.OrderId;
import io.orderworkflow.api.order.OrderTimeline;
import io.orderworkflow.api.order.Workflow;
import io.orderworkflow.api.order.WorkflowSteps;
import io.orderworkflow.platform.observability.AxonServerDashboard;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Everything that happened to an order.
 *
 * @param orderId the order
 * @param story all of it in one text
 * @param items its events, oldest first
 * @param steps what was done on each of them, oldest first
 * @param open what it, or a refund of it, waits for
 * @param search where its events are found in Axon Server; {@code null} without its dashboard
 */
record TimelineAnswer(
        OrderId orderId,
        String story,
        List<OrderTimeline.Entry> items,
        List<WorkflowSteps.Step> steps,
        List<Workflow> open,
        AxonServerDashboard.@Nullable Search search) {

    static TimelineAnswer of(OrderTimeline timeline, WorkflowSteps steps, AxonServerDashboard dashboard) {
        return new TimelineAnswer(
                timeline.orderId(),
                OrderStory.of(timeline, steps.open()),
                timeline.entries(),
                steps.steps(),
                steps.open(),
                dashboard.searchFor(timeline.entries().stream()
                        .map(OrderTimeline.Entry::correlationId)
                        .toList()));
    }
}
