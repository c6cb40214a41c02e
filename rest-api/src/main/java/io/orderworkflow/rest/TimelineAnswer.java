package io.orderworkflow.rest;

import io.orderworkflow.api.OrderId;
import io.orderworkflow.api.order.OrderTimeline;
import java.util.List;

/**
 * Everything that happened to an order.
 *
 * @param orderId the order
 * @param items its events, oldest first
 */
record TimelineAnswer(OrderId orderId, List<OrderTimeline.Entry> items) {

    static TimelineAnswer of(OrderTimeline timeline) {
        return new TimelineAnswer(timeline.orderId(), timeline.entries());
    }
}
