package io.orderworkflow.query;

import io.orderworkflow.api.OrderId;
import java.util.List;
import java.util.Optional;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.eventsourcing.eventstore.DomainEventStream;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.springframework.jdbc.core.JdbcTemplate;

/** Reads everything that happened to an order, in every aggregate, from the event store itself. */
final class OrderEvents {

    // In the order of all events: as the store in PostgreSQL has them, or else as their pointers say.
    private static final String LOCATIONS = """
            with pointers as (
                select order_id::text as owner, unnest(order_progress.events) as pointer
                from orders.placed_order join orders.order_progress using (order_id) where order_id = ?
                union all
                select payment_id::text, unnest(payment_view.events)
                from orders.placed_order join orders.payment_view using (payment_id) where placed_order.order_id = ?
            ), located as (
                select
                    nullif(split_part(pointer, ':', 1), '')::bigint as position,
                    split_part(pointer, ':', 2)::bigint as sequence,
                    coalesce(substring(pointer from '^[^:]*:[^:]*:(.*)$'), owner) as aggregate_id
                from pointers
            )
            select sequence, aggregate_id
            from located
            left join domain_event_entry on aggregate_identifier = aggregate_id and sequence_number = sequence
            order by coalesce(global_index, position)
            """;

    private final JdbcTemplate jdbc;
    private final EventStore events;

    OrderEvents(JdbcTemplate jdbc, EventStore events) {
        this.jdbc = jdbc;
        this.events = events;
    }

    /** The events of an order, oldest first; none if there is no such order. */
    List<DomainEventMessage<?>> of(OrderId orderId) {
        return jdbc
                .query(
                        LOCATIONS,
                        (row, number) -> read(row.getString("aggregate_id"), row.getLong("sequence")),
                        orderId.value(),
                        orderId.value())
                .stream()
                .<DomainEventMessage<?>>flatMap(Optional::stream)
                .toList();
    }

    private Optional<DomainEventMessage<?>> read(String aggregateId, long sequence) {
        DomainEventStream stream = events.readEvents(aggregateId, sequence);
        return stream.hasNext() ? Optional.of(stream.next()) : Optional.empty();
    }
}
