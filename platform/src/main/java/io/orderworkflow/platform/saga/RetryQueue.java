package io.orderworkflow.platform.saga;

import static io.orderworkflow.platform.saga.Columns.texts;

import io.orderworkflow.api.admin.ParkedStepState;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * The parked steps that are to be tried again, and what became of them.
 *
 * <p>Who tries a step holds its row for an update: that is one at a time, but lets others append. Who takes the row away
 * needs it alone, and looks only then whether anything waits behind it.
 */
final class RetryQueue {

    private static final String CLAIM = """
            select sequence, attempts, failures from parked_step where saga = ? and next_try_at <= ?
            order by next_try_at limit ? for no key update skip locked
            """;
    private static final String NEXT_EVENTS = """
            select distinct on (sequence) sequence, position, event_identifier, aggregate_identifier, sequence_number
            from parked_event where saga = ? and sequence = any (?) order by sequence, position
            """;
    private static final String DELETE_EVENTS = "delete from parked_event where position = any (?)";
    private static final String LOCK_UNUSED = """
            select sequence from parked_step where saga = ? and sequence = any (?)
            order by sequence for update skip locked
            """;
    private static final String DELETE_UNUSED = """
            delete from parked_step step where saga = ? and sequence = any (?) and not exists (
                select from parked_event event where event.saga = step.saga and event.sequence = step.sequence)
            """;
    private static final String GO_ON = """
            update parked_step set state = 'RETRYING', attempts = 0, failures = 0, next_try_at = ?
            where saga = ? and sequence = any (?)
            """;
    private static final String FAIL_AGAIN = """
            update parked_step step set state = failed.state, attempts = failed.attempts,
                failures = failed.failures, failed_at = ?, cause = failed.cause, message = failed.message,
                next_try_at = failed.next_try_at
            from unnest(?::text[], ?::text[], ?::int[], ?::int[], ?::text[], ?::text[], ?::timestamptz[])
                as failed (sequence, state, attempts, failures, cause, message, next_try_at)
            where step.saga = ? and step.sequence = failed.sequence
            """;

    private final JdbcTemplate jdbc;

    RetryQueue(JdbcTemplate jdbc) {
        this.jdbc = jdbc;
    }

    /** Takes sequences whose time has come, so that nobody else does until this transaction ends. */
    List<Due> claim(String saga, Instant now, int most) {
        Map<String, Tries> claimed = new LinkedHashMap<>();
        jdbc.query(
                CLAIM,
                row -> {
                    claimed.put(row.getString(1), new Tries(row.getInt(2), row.getInt(3)));
                },
                saga,
                Timestamp.from(now),
                most);
        if (claimed.isEmpty()) {
            return List.of();
        }
        // Only now: what was handled while the lock was not held yet must not be seen any more.
        Map<String, EventReference> next = new HashMap<>();
        jdbc.query(
                NEXT_EVENTS,
                row -> {
                    next.put(
                            row.getString("sequence"),
                            new EventReference(
                                    row.getLong("position"),
                                    row.getString("event_identifier"),
                                    row.getString("aggregate_identifier"),
                                    row.getLong("sequence_number")));
                },
                saga,
                claimed.keySet().toArray(String[]::new));
        return claimed.entrySet().stream()
                .map(entry -> new Due(entry.getKey(), entry.getValue(), Optional.ofNullable(next.get(entry.getKey()))))
                .toList();
    }

    /** Strikes off what was handled; sequences of which nothing waits any more are parked no longer. */
    void handled(String saga, List<Due> handled, Instant now) {
        if (!handled.isEmpty()) {
            List<Long> events = handled.stream()
                    .flatMap(due -> due.event().stream())
                    .map(EventReference::position)
                    .toList();
            goOnWithout(saga, handled.stream().map(Due::sequence).toList(), events, now);
        }
    }

    /** Strikes off events of sequences, and has what is behind them tried at once. */
    void goOnWithout(String saga, List<String> sequences, List<Long> events, Instant now) {
        String[] all = sequences.toArray(String[]::new);
        jdbc.update(DELETE_EVENTS, (Object) events.toArray(Long[]::new));
        // Those that somebody appends to right now are left for the next time.
        List<String> alone = jdbc.queryForList(LOCK_UNUSED, String.class, saga, all);
        jdbc.update(DELETE_UNUSED, saga, alone.toArray(String[]::new));
        jdbc.update(GO_ON, Timestamp.from(now), saga, all);
    }

    /** Notes that claimed steps failed again. */
    void failedAgain(String saga, Map<Due, StepFailure> failures, Instant now, SagaParkingSettings settings) {
        if (failures.isEmpty()) {
            return;
        }
        List<FailedAgain> rows = new ArrayList<>();
        failures.forEach((due, failure) -> rows.add(FailedAgain.of(due, failure, settings)));
        jdbc.update(
                FAIL_AGAIN,
                Timestamp.from(now),
                texts(rows, row -> row.due().sequence()),
                texts(rows, row -> row.state().name()),
                Columns.of(rows, FailedAgain::attempts, Integer[]::new),
                Columns.of(rows, FailedAgain::failures, Integer[]::new),
                texts(rows, row -> row.failure().cause()),
                texts(rows, row -> row.failure().message()),
                Columns.of(rows, row -> row.nextTry(now), Timestamp[]::new),
                saga);
    }

    /**
     * How often a step was tried.
     *
     * @param attempts in all
     * @param failures without those that failed for a reason that passes
     */
    record Tries(int attempts, int failures) {}

    /**
     * Where a parked event is found.
     *
     * @param position among all that are parked
     * @param identifier the event's own
     * @param aggregateIdentifier the aggregate that it is of
     * @param sequenceNumber its number there
     */
    record EventReference(long position, String identifier, String aggregateIdentifier, long sequenceNumber) {}

    /**
     * A sequence whose time has come.
     *
     * @param sequence the sequence
     * @param tries how often its step was tried
     * @param event its next event; none if all were handled
     */
    record Due(String sequence, Tries tries, Optional<EventReference> event) {}

    private record FailedAgain(
            Due due,
            StepFailure failure,
            ParkedStepState state,
            int attempts,
            int failures,
            @Nullable Duration interval) {

        static FailedAgain of(Due due, StepFailure failure, SagaParkingSettings settings) {
            int attempts = due.tries().attempts() + 1;
            int failures = due.tries().failures() + (failure.passing() ? 0 : 1);
            // A fault that passes never makes a step wait for a person, however long it takes to pass.
            boolean parked = !failure.passing() && failures > settings.retries();
            return new FailedAgain(
                    due,
                    failure,
                    parked ? ParkedStepState.PARKED : ParkedStepState.RETRYING,
                    attempts,
                    failures,
                    parked ? null : settings.intervalAfter(attempts));
        }

        @Nullable
        Timestamp nextTry(Instant now) {
            return interval == null ? null : Timestamp.from(now.plus(interval));
        }
    }
}
