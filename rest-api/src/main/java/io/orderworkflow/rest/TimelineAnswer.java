package io.orderworkflow.rest;

import io.orderworkflow.api.OrderId;
import io.orderworkflow.api.order.OrderTimeline;
import io.orderworkflow.api.order.Workflow;
import io.orderworkflow.api.order.WorkflowSteps;
import java.net.URI;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
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
        @Nullable Search search) {

    static TimelineAnswer of(OrderTimeline timeline, WorkflowSteps steps, @Nullable URI dashboard) {
        return new TimelineAnswer(
                timeline.orderId(),
                OrderStory.of(timeline, steps.open()),
                timeline.entries(),
                steps.steps(),
                steps.open(),
                dashboard == null ? null : Search.of(timeline, dashboard));
    }

    /**
     * A search in Axon Server's dashboard.
     *
     * @param page the page to search on
     * @param query what to enter there, with a time window that begins before the order
     */
    record Search(URI page, String query) {

        static Search of(OrderTimeline timeline, URI dashboard) {
            return new Search(
                    dashboard.resolve("#query"),
                    timeline.entries().stream()
                            .map(OrderTimeline.Entry::correlationId)
                            .filter(Objects::nonNull)
                            .distinct()
                            .map("metaData.correlationId = \"%s\""::formatted)
                            .collect(Collectors.joining(" or ")));
        }
    }
}
