package io.orderworkflow.query;

import io.orderworkflow.api.order.FindOrderTimeline;
import io.orderworkflow.api.order.OrderTimeline;
import io.orderworkflow.api.order.OrderTimeline.Entry;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.messaging.MetaData;
import org.axonframework.queryhandling.QueryHandler;
import org.axonframework.serialization.Serializer;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/** Tells what happened to an order, in every aggregate, in words. */
final class OrderTimelineReader {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final OrderEvents events;
    private final Serializer serializer;

    OrderTimelineReader(OrderEvents events, Serializer serializer) {
        this.events = events;
        this.serializer = serializer;
    }

    @QueryHandler
    OrderTimeline handle(FindOrderTimeline query) {
        List<Entry> entries = new ArrayList<>();
        events.of(query.orderId()).forEach(event -> entries.add(entry(entries.size() + 1, event)));
        return new OrderTimeline(query.orderId(), entries);
    }

    private Entry entry(int sequence, DomainEventMessage<?> event) {
        MetaData metaData = event.getMetaData();
        return new Entry(
                sequence,
                event.getTimestamp(),
                event.getPayloadType().getSimpleName(),
                event.getType(),
                event.getAggregateIdentifier(),
                event.getSequenceNumber(),
                event.getIdentifier(),
                text(metaData.get("causationId")),
                text(metaData.get("correlationId")),
                EventWords.of(event.getPayload()),
                payload(event));
    }

    private static @Nullable String text(@Nullable Object value) {
        return value == null ? null : value.toString();
    }

    @SuppressWarnings("unchecked") // A JSON object is read as a map of text to values.
    private Map<String, Object> payload(DomainEventMessage<?> event) {
        byte[] json = event.serializePayload(serializer, byte[].class).getData();
        return JSON.readValue(json, Map.class);
    }
}
