package io.orderworkflow.query;

import io.orderworkflow.api.OrderId;
import io.orderworkflow.api.order.FindOrderTimeline;
import io.orderworkflow.api.order.OrderTimeline;
import io.orderworkflow.api.order.OrderTimeline.Entry;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.axonframework.messaging.MetaData;
import org.axonframework.queryhandling.QueryHandler;
import org.axonframework.serialization.Serializer;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import tools.jackson.databind.json.JsonMapper;

/** Reads everything that happened to an order, in every aggregate, from the event store itself. */
final class OrderTimelineReader {

    private static final String POINTERS =
            "select aggregate_id, sequence from order_event where order_id = ? order by position";
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final JdbcTemplate jdbc;
    private final EventStore events;
    private final Serializer serializer;

    OrderTimelineReader(JdbcTemplate jdbc, EventStore events, Serializer serializer) {
        this.jdbc = jdbc;
        this.events = events;
        this.serializer = serializer;
    }

    @QueryHandler
    OrderTimeline handle(FindOrderTimeline query) {
        List<Entry> entries = new ArrayList<>();
        for (Pointer pointer : pointers(query.orderId())) {
            read(pointer).ifPresent(event -> entries.add(entry(entries.size() + 1, event)));
        }
        return new OrderTimeline(query.orderId(), entries);
    }

    private List<Pointer> pointers(OrderId orderId) {
        return jdbc.query(POINTERS, (row, number) -> new Pointer(row.getString(1), row.getLong(2)), orderId.value());
    }

    private Optional<DomainEventMessage<?>> read(Pointer pointer) {
        var stream = events.readEvents(pointer.aggregateId(), pointer.sequence());
        return stream.hasNext() ? Optional.of(stream.next()) : Optional.empty();
    }

    private Entry entry(int sequence, DomainEventMessage<?> event) {
        MetaData metaData = event.getMetaData();
        return new Entry(
                sequence,
                event.getTimestamp(),
                event.getPayloadType().getSimpleName(),
                event.getType(),
                event.getAggregateIdentifier(),
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

    private record Pointer(String aggregateId, long sequence) {}
}
