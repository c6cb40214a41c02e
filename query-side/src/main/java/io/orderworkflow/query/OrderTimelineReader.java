package io.orderworkflow.query;

import io.orderworkflow.api.order.FindOrderTimeline;
import io.orderworkflow.api.order.OrderTimeline;
import io.orderworkflow.api.order.OrderTimeline.Entry;
import io.orderworkflow.platform.messaging.MessageJson;
import java.util.ArrayList;
import java.util.List;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.messaging.MetaData;
import org.axonframework.queryhandling.QueryHandler;
import org.axonframework.serialization.Serializer;
import org.jspecify.annotations.Nullable;

/** Tells what happened to an order, in every aggregate, in words. */
final class OrderTimelineReader {

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
                MessageJson.asMap(
                        event.serializePayload(serializer, byte[].class).getData()));
    }

    private static @Nullable String text(@Nullable Object value) {
        return value == null ? null : value.toString();
    }
}
