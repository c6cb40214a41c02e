package io.orderworkflow.platform.saga;

import static io.orderworkflow.platform.saga.Columns.texts;

import java.sql.Timestamp;
import java.time.Instant;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.eventhandling.EventMessage;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * The sequences whose step has failed, for the processors that bring their events: what fails is parked here, and what
 * comes later is appended to it.
 *
 * <p>Who appends holds a key share lock on the row of the step: it stays, though its step may be tried meanwhile.
 */
final class ParkedSequences {

    private static final String LOCK_PARKED = """
            select sequence from parked_step where saga = ? and sequence = any (?) order by sequence for key share
            """;
    private static final String PARK = """
            insert into parked_step (saga, sequence, state, since, attempts, failures, failed_at, cause, message,
                next_try_at)
            select ?, sequence, 'RETRYING', ?, 1, failures, ?, cause, message, ?
            from unnest(?::text[], ?::int[], ?::text[], ?::text[]) as failed (sequence, failures, cause, message)
            """;
    private static final String APPEND = """
            insert into parked_event (saga, sequence, event_identifier, event_type, aggregate_identifier,
                sequence_number, recorded_at)
            select ?, sequence, event_identifier, event_type, aggregate_identifier, sequence_number, recorded_at
            from unnest(?::text[], ?::text[], ?::text[], ?::text[], ?::bigint[], ?::timestamptz[]) with ordinality
                as event (sequence, event_identifier, event_type, aggregate_identifier, sequence_number, recorded_at,
                    number)
            order by number
            """;

    private final JdbcTemplate jdbc;

    ParkedSequences(JdbcTemplate jdbc) {
        this.jdbc = jdbc;
    }

    /** Which of these sequences are parked; they stay so until this transaction ends. */
    Set<String> among(String saga, Collection<String> sequences) {
        return sequences.isEmpty()
                ? Set.of()
                : new HashSet<>(jdbc.queryForList(LOCK_PARKED, String.class, saga, sequences.toArray(String[]::new)));
    }

    /** Parks sequences whose step has failed for the first time. */
    void park(String saga, Map<String, StepFailure> failures, Instant now, Instant nextTry) {
        if (!failures.isEmpty()) {
            jdbc.update(
                    PARK,
                    saga,
                    Timestamp.from(now),
                    Timestamp.from(now),
                    Timestamp.from(nextTry),
                    failures.keySet().toArray(String[]::new),
                    Columns.of(failures.values(), failure -> failure.passing() ? 0 : 1, Integer[]::new),
                    texts(failures.values(), StepFailure::cause),
                    texts(failures.values(), StepFailure::message));
        }
    }

    /** Appends events to the sequences that they belong to. */
    void append(String saga, List<Sequenced> events) {
        if (!events.isEmpty()) {
            jdbc.update(
                    APPEND,
                    saga,
                    texts(events, Sequenced::sequence),
                    texts(events, event -> event.event().getIdentifier()),
                    texts(events, event -> event.event().getPayloadType().getSimpleName()),
                    texts(events, event -> ofAggregate(event).getAggregateIdentifier()),
                    Columns.of(events, event -> ofAggregate(event).getSequenceNumber(), Long[]::new),
                    Columns.of(events, event -> Timestamp.from(event.event().getTimestamp()), Timestamp[]::new));
        }
    }

    private static DomainEventMessage<?> ofAggregate(Sequenced sequenced) {
        if (sequenced.event() instanceof DomainEventMessage<?> event) {
            return event;
        }
        throw new IllegalStateException(
                "only an event of an aggregate can be read again, and so be parked: " + sequenced.event());
    }

    /**
     * An event and the sequence that it belongs to.
     *
     * @param sequence the sequence
     * @param event the event
     */
    record Sequenced(String sequence, EventMessage<?> event) {}
}
