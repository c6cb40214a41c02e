package io.orderworkflow.platform.deadletter;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.axonframework.common.DateTimeUtils;
import org.axonframework.eventhandling.TrackingToken;
import org.axonframework.serialization.Serializer;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * The sequences of events that projections could not handle, as they are tried again: when, by whom, and what comes of
 * it. See {@link DeadLetters} for who else turns to them.
 */
final class DueLetters {

    private static final String DUE = """
            select processing_group, sequence_identifier, dead_letter_identifier from (
                select distinct on (processing_group, sequence_identifier) letter.*
                from dead_letter_entry letter where processing_group = any (?)
                order by processing_group, sequence_identifier, sequence_index) as head
            where coalesce(next_try_at, case when parked then 'infinity' when cause_type is null then '-infinity'
                else enqueued_at::timestamptz + ? * interval '1 millisecond' end) <= ?
            order by next_try_at nulls first limit ?
            """;
    private static final String CLAIM = """
            select dead_letter_identifier from dead_letter_entry where dead_letter_identifier = ?
            for update skip locked
            """;
    private static final String NEXT = """
            select * from dead_letter_entry where processing_group = ? and sequence_identifier = ?
            order by sequence_index limit 1
            """;
    private static final String FAIL = """
            update dead_letter_entry set cause_type = ?, cause_message = ?, last_touched = ?, retries = ?, parked = ?,
                next_try_at = ?
            where dead_letter_identifier = ?
            """;
    private static final String PUT_OFF =
            "update dead_letter_entry set next_try_at = ? where dead_letter_identifier = ?";
    private static final String DELETE = "delete from dead_letter_entry where dead_letter_identifier = ?";

    private final JdbcTemplate jdbc;
    private final Serializer serializer;
    private final DeadLetterSettings settings;

    DueLetters(JdbcTemplate jdbc, Serializer serializer, DeadLetterSettings settings) {
        this.jdbc = jdbc;
        this.serializer = serializer;
        this.settings = settings;
    }

    /** Sequences of these processors whose time has come. */
    List<Due> due(Collection<String> processors, Instant now, int most) {
        return jdbc.query(
                DUE,
                (row, number) -> new Due(row.getString(1), row.getString(2), row.getString(3)),
                processors.toArray(String[]::new),
                settings.firstInterval().toMillis(),
                Timestamp.from(now),
                most);
    }

    /**
     * Takes a sequence, so that nobody else tries it until this transaction ends; not if somebody does already, or has
     * just done so.
     */
    boolean claim(Due due) {
        return !jdbc.queryForList(CLAIM, String.class, due.identifier()).isEmpty()
                && next(due)
                        .filter(first -> first.identifier().equals(due.identifier()))
                        .isPresent();
    }

    /** The first letter of a sequence. */
    Optional<Waiting> next(Due due) {
        return jdbc.query(NEXT, (row, number) -> waiting(row), due.processor(), due.sequence()).stream()
                .findFirst();
    }

    private Waiting waiting(ResultSet row) throws SQLException {
        long number = row.getLong("sequence_number");
        boolean ofAggregate = !row.wasNull();
        return new Waiting(
                row.getString("dead_letter_identifier"),
                row.getString("event_identifier"),
                row.getString("aggregate_identifier"),
                ofAggregate ? number : -1,
                LetterToken.read(row, serializer),
                row.getInt("retries"));
    }

    void handled(Waiting letter) {
        jdbc.update(DELETE, letter.identifier());
    }

    /** Notes that a letter could not be handled this time either. */
    void failedAgain(Waiting letter, Throwable cause, Instant now) {
        int retries = letter.retries() + 1;
        boolean parked = retries >= settings.retries();
        jdbc.update(
                FAIL,
                cause.getClass().getName(),
                // PostgreSQL stores no NUL in a text.
                String.valueOf(cause.getMessage()).replace('\0', ' '),
                DateTimeUtils.formatInstant(now),
                retries,
                parked,
                parked ? null : Timestamp.from(now.plus(settings.intervalAfter(retries))),
                letter.identifier());
    }

    /** Has a sequence tried later, for a fault that passes. */
    void putOff(Due due, Instant now) {
        jdbc.update(PUT_OFF, Timestamp.from(now.plus(settings.firstInterval())), due.identifier());
    }

    /**
     * A sequence whose time has come.
     *
     * @param processor the processor
     * @param sequence the sequence
     * @param identifier its first letter
     */
    record Due(String processor, String sequence, String identifier) {}

    /**
     * A letter that is to be handled.
     *
     * @param identifier its own
     * @param eventIdentifier that of its event
     * @param aggregateIdentifier whose event it is, if an aggregate's
     * @param sequenceNumber its number there
     * @param token where it is in the stream of events
     * @param retries how often it was tried again
     */
    record Waiting(
            String identifier,
            String eventIdentifier,
            @Nullable String aggregateIdentifier,
            long sequenceNumber,
            @Nullable TrackingToken token,
            int retries) {}
}
