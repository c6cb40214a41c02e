package io.orderworkflow.platform.store;

import static java.util.Objects.requireNonNull;
import static java.util.stream.Collectors.toMap;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.axonframework.eventhandling.DomainEventData;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.eventhandling.EventMessage;
import org.axonframework.eventhandling.GenericDomainEventMessage;
import org.axonframework.serialization.SerializedObject;
import org.axonframework.serialization.Serializer;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.RowCallbackHandler;
import org.springframework.jdbc.core.RowMapper;

/** Rows of the event store, written and read many at a time. */
final class EventRows {

    private static final String COLUMNS = "event_identifier, aggregate_identifier, sequence_number, type, time_stamp,"
            + " payload_type, payload_revision, payload, meta_data";

    static final String TRACKED_COLUMNS = "global_index, " + COLUMNS;

    private static final String INSERT = "insert into domain_event_entry (" + COLUMNS + ") select * from"
            + " unnest(?::text[], ?::text[], ?::bigint[], ?::text[], ?::text[], ?::text[], ?::text[], ?::bytea[], ?::bytea[])";

    /** More than these few events are no longer worth reading before it is known that they are needed. */
    private static final int MOST_AHEAD = 20;

    // As a subquery, so that it is not planned anew each time, for each number of aggregates.
    private static final String READ_AHEAD = "select " + COLUMNS + " from domain_event_entry"
            + " where aggregate_identifier = any (array(select unnest(?))) and sequence_number <= " + MOST_AHEAD
            + " order by aggregate_identifier, sequence_number";

    // Where to begin is a subquery: the planner would look for the end of the index each time, and plan anew.
    private static final String READ_ON = "select " + TRACKED_COLUMNS + " from domain_event_entry"
            + " where global_index > (select ?::bigint) order by global_index limit ";

    private final JdbcTemplate jdbc;

    EventRows(JdbcTemplate jdbc) {
        this.jdbc = jdbc;
    }

    void insert(List<? extends EventMessage<?>> events, Serializer serializer) {
        int count = events.size();
        String[] identifiers = new String[count];
        String[] aggregates = new String[count];
        Long[] sequenceNumbers = new Long[count];
        String[] types = new String[count];
        String[] times = new String[count];
        String[] payloadTypes = new String[count];
        String[] revisions = new String[count];
        byte[][] payloads = new byte[count][];
        byte[][] metaData = new byte[count][];
        for (int i = 0; i < count; i++) {
            DomainEventMessage<?> event = asDomainEvent(events.get(i));
            SerializedObject<byte[]> payload = event.serializePayload(serializer, byte[].class);
            identifiers[i] = event.getIdentifier();
            aggregates[i] = event.getAggregateIdentifier();
            sequenceNumbers[i] = event.getSequenceNumber();
            types[i] = event.getType();
            times[i] = EventTime.format(event.getTimestamp());
            payloadTypes[i] = payload.getType().getName();
            revisions[i] = payload.getType().getRevision();
            payloads[i] = payload.getData();
            metaData[i] = event.serializeMetaData(serializer, byte[].class).getData();
        }
        jdbc.update(
                INSERT,
                identifiers,
                aggregates,
                sequenceNumbers,
                types,
                times,
                payloadTypes,
                revisions,
                payloads,
                metaData);
    }

    private static DomainEventMessage<?> asDomainEvent(EventMessage<?> event) {
        return event instanceof DomainEventMessage<?> domainEvent
                ? domainEvent
                : new GenericDomainEventMessage<>(null, event.getIdentifier(), 0, event, event::getTimestamp);
    }

    /** All events of those of the aggregates that have few or none, in order. */
    Map<String, List<DomainEventData<?>>> readAhead(List<String> aggregates, Reading reading) {
        Map<String, List<DomainEventData<?>>> events =
                aggregates.stream().collect(toMap(Function.identity(), aggregate -> new ArrayList<>()));
        RowCallbackHandler add = row -> requireNonNull(events.get(row.getString("aggregate_identifier")))
                .add(reading.read(row));
        jdbc.query(READ_AHEAD, add, (Object) aggregates.toArray(String[]::new));
        events.values().removeIf(history -> history.size() > MOST_AHEAD);
        return events;
    }

    /**
     * The next events behind a position, in order, and those that have been missing before it. In no transaction of its
     * own, as it is but one statement.
     */
    <E> List<E> readOn(long position, Collection<Long> missing, int most, RowMapper<E> reading) {
        return missing.isEmpty()
                ? jdbc.query(READ_ON + most, reading, position)
                : jdbc.query(
                        "select " + TRACKED_COLUMNS
                                + " from domain_event_entry where global_index = any (array(select unnest(?)))"
                                + " union all (" + READ_ON + most + ") order by global_index",
                        reading,
                        missing.toArray(Long[]::new),
                        position);
    }

    /** Reads what is in a row. */
    interface Reading {
        DomainEventData<?> read(ResultSet row) throws SQLException;
    }
}
