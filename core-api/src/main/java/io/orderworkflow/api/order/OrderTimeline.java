package io.orderworkflow.api.order;

import io.orderworkflow.api.OrderId;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Everything that happened to an order, in every aggregate, in order.
 *
 * @param orderId the order
 * @param entries its events, oldest first
 */
public record OrderTimeline(OrderId orderId, List<Entry> entries) {

    /** Creates the timeline. */
    public OrderTimeline {
        entries = List.copyOf(entries);
    }

    /**
     * One event of an order.
     *
     * @param sequence position within this timeline, from 1
     * @param at when it happened
     * @param type the event's logical name, such as {@code OrderPlaced}
     * @param aggregateType the logical name of the aggregate that decided it, such as {@code StockItem}
     * @param aggregateId that aggregate
     * @param aggregateSequence its number within that aggregate, from 0
     * @param eventId the event
     * @param causationId the message that caused it
     * @param correlationId the request at the beginning of it all
     * @param text what happened, in words for a person
     * @param payload the event's content
     */
    public record Entry(
            int sequence,
            Instant at,
            String type,
            String aggregateType,
            String aggregateId,
            long aggregateSequence,
            String eventId,
            @Nullable String causationId,
            @Nullable String correlationId,
            String text,
            Map<String, Object> payload) {}
}
