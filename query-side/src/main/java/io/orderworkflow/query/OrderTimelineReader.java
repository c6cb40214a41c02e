package io.orderworkflow.query;

import io.orderworkflow.api.order.FindOrderTimeline;
import io.orderworkflow.api.order.OrderTimeline;
import io.orderworkflow.api.order.OrderTimeline.Entry;
import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.eventsourcing.eventstore.DomainEventStream;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.axonframework.messaging.MetaData;
import org.axonframework.queryhandling.QueryHandler;
import org.axonframework.serialization.Serializer;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import tools.jackson.databind.json.JsonMapper;

/** Reads everything that happened to an order, in every aggregate, from the event store itself. */
final class OrderTimelineReader {

    private static final String POINTERS = """
            select order_id, events, payment_id, positions
            from placed_order
            join order_progress using (order_id)
            left join (select payment_id, positions from payment_view) payment using (payment_id)
            where order_id = ?
            """;
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
        jdbc.query(POINTERS, (row, number) -> pointers(row), query.orderId().value()).stream()
                .flatMap(List::stream)
                .sorted()
                .flatMap(pointer -> read(pointer).stream())
                .forEach(event -> entries.add(entry(entries.size() + 1, event)));
        return new OrderTimeline(query.orderId(), entries);
    }

    private static List<EventPointer> pointers(ResultSet row) throws SQLException {
        List<EventPointer> pointers = new ArrayList<>();
        String orderId = row.getObject("order_id", UUID.class).toString();
        for (String pointer : (String[]) row.getArray("events").getArray()) {
            pointers.add(EventPointer.parse(pointer, orderId));
        }
        String paymentId = row.getObject("payment_id", UUID.class).toString();
        Array positions = row.getArray("positions");
        if (positions != null) {
            long sequence = 0;
            for (Long position : (Long[]) positions.getArray()) {
                pointers.add(new EventPointer(position, sequence++, paymentId));
            }
        }
        return pointers;
    }

    private Optional<DomainEventMessage<?>> read(EventPointer pointer) {
        DomainEventStream stream = events.readEvents(pointer.aggregateId(), pointer.sequence());
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
}
