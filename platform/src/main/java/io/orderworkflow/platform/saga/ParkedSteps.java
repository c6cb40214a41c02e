package io.orderworkflow.platform.saga;

import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.eventhandling.EventMessage;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.RowMapper;

/**
 * The steps that failed, each with the events that wait for it, in tables.
 *
 * <p>Three may turn to one sequence at the same time: the processor that appends its later events, whoever tries its
 * step again, and an operator. The row of the step orders them. Who appends holds a key share lock on it, so that the
 * row stays; who tries again, or decides, holds it for an update, which is one at a time, but lets others append; and
 * who takes the row away needs it alone, and looks only then whether anything waits behind it.
 */
public final class ParkedSteps {

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
    private static final String SELECTED = """
            (?::text is null or step.sequence = ?) and (?::text is null or step.cause = ?)
            """;
    private static final String FIND = """
            select step.*, first.event_type, first.event_identifier,
                (select count(*) from parked_event event
                 where event.saga = step.saga and event.sequence = step.sequence) as events
            from parked_step step left join lateral (
                select event_type, event_identifier from parked_event event
                where event.saga = step.saga and event.sequence = step.sequence order by position limit 1) first on true
            where (?::text is null or step.state = ?) and\s""" + SELECTED + """
            order by step.since, step.saga, step.sequence limit ? offset ?
            """;
    private static final String COUNT =
            "select count(*) from parked_step step where (?::text is null or step.state = ?) and " + SELECTED;
    private static final String LOCK_FAILED = """
            select step.saga, step.sequence, step.cause, step.message from parked_step step
            where step.attempts > 0 and\s""" + SELECTED + "order by step.saga, step.sequence for ";
    private static final String RETRY = """
            update parked_step step set state = 'RETRYING', next_try_at = ?
            from unnest(?::text[], ?::text[]) as chosen (saga, sequence)
            where step.saga = chosen.saga and step.sequence = chosen.sequence
            """;
    private static final String EVENTS = """
            select event.saga, event.sequence, event.position, event.event_type
            from parked_event event join unnest(?::text[], ?::text[]) as chosen (saga, sequence) using (saga, sequence)
            order by position
            """;
    private static final String RECORD = """
            insert into parked_step_action (saga, sequence, action, at, user_id, correlation_id, cause, message,
                events, reason)
            select saga, sequence, ?, ?, ?, ?, cause, message, events, ?
            from unnest(?::text[], ?::text[], ?::text[], ?::text[], ?::text[])
                as chosen (saga, sequence, cause, message, events)
            """;
    private static final String FIND_ACTIONS =
            "select * from parked_step_action where sequence = any (?) order by position desc";
    private static final String SUMMARY = "select state, count(*), min(since) from parked_step group by state";

    private static final String EVENT_SEPARATOR = ", ";

    private final JdbcTemplate jdbc;

    ParkedSteps(JdbcTemplate jdbc) {
        this.jdbc = jdbc;
    }

    // for processors

    /** Which of these sequences are parked; they stay so until this transaction ends. */
    Set<String> parked(String saga, Collection<String> sequences) {
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
                    failures.values().stream()
                            .map(failure -> failure.passing() ? 0 : 1)
                            .toArray(Integer[]::new),
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
                    events.stream()
                            .map(event -> ofAggregate(event).getSequenceNumber())
                            .toArray(Long[]::new),
                    events.stream()
                            .map(event -> Timestamp.from(event.event().getTimestamp()))
                            .toArray(Timestamp[]::new));
        }
    }

    private static DomainEventMessage<?> ofAggregate(Sequenced sequenced) {
        if (sequenced.event() instanceof DomainEventMessage<?> event) {
            return event;
        }
        throw new IllegalStateException(
                "only an event of an aggregate can be read again, and so be parked: " + sequenced.event());
    }

    // for those that try again

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
        if (handled.isEmpty()) {
            return;
        }
        String[] sequences = texts(handled, Due::sequence);
        jdbc.update(DELETE_EVENTS, (Object) handled.stream()
                .flatMap(due -> due.event().stream())
                .map(EventReference::position)
                .toArray(Long[]::new));
        // Those that somebody appends to right now are left for the next time.
        List<String> alone = jdbc.queryForList(LOCK_UNUSED, String.class, saga, sequences);
        jdbc.update(DELETE_UNUSED, saga, alone.toArray(String[]::new));
        jdbc.update(GO_ON, Timestamp.from(now), saga, sequences);
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
                rows.stream().map(FailedAgain::attempts).toArray(Integer[]::new),
                rows.stream().map(FailedAgain::failures).toArray(Integer[]::new),
                texts(rows, row -> row.failure().cause()),
                texts(rows, row -> row.failure().message()),
                rows.stream()
                        .map(row -> row.interval() == null ? null : Timestamp.from(now.plus(row.interval())))
                        .toArray(Timestamp[]::new),
                saga);
    }

    // for operators

    /** Some of the parked steps, those that failed first at first. */
    public List<ParkedStep> find(Selection selection, ParkedStep.@Nullable State state, long offset, int most) {
        return jdbc.query(FIND, STEP, arguments(nameOf(state), nameOf(state), selection, most, offset));
    }

    /** How many parked steps there are. */
    public long count(Selection selection, ParkedStep.@Nullable State state) {
        return Objects.requireNonNull(
                jdbc.queryForObject(COUNT, Long.class, arguments(nameOf(state), nameOf(state), selection)));
    }

    /** What was done about these sequences, the latest first. */
    public List<ParkedStepAction> actions(Collection<String> sequences) {
        return jdbc.query(FIND_ACTIONS, ACTION, (Object) sequences.toArray(String[]::new));
    }

    /** How many steps are in which state, and since when the oldest of them. */
    public Map<ParkedStep.State, Summary> summary() {
        Map<ParkedStep.State, Summary> summaries = new HashMap<>();
        jdbc.query(SUMMARY, row -> {
            summaries.put(
                    ParkedStep.State.valueOf(row.getString(1)),
                    new Summary(row.getLong(2), row.getTimestamp(3).toInstant()));
        });
        return summaries;
    }

    /**
     * Has failed steps tried again at once. Within a transaction of the caller.
     *
     * @return how many these are
     */
    public int retry(Selection selection, Operator operator, Instant now) {
        List<Failed> chosen = lockFailed(selection, "no key update");
        jdbc.update(RETRY, Timestamp.from(now), texts(chosen, Failed::saga), texts(chosen, Failed::sequence));
        Map<Failed, List<String>> events = new LinkedHashMap<>();
        eventsOf(chosen)
                .forEach((failed, waiting) -> events.put(
                        failed, waiting.stream().limit(1).map(Waiting::event).toList()));
        record(events, ParkedStepAction.Kind.RETRY, operator, null, now);
        return chosen.size();
    }

    /**
     * Leaves out the event of failed steps; those behind it are handled, or left out as well. Within a transaction of
     * the caller.
     *
     * @return how many steps these are
     */
    public int discard(Selection selection, boolean all, Operator operator, String reason, Instant now) {
        List<Failed> chosen = lockFailed(selection, "update");
        Map<Failed, List<Waiting>> discarded = new LinkedHashMap<>();
        eventsOf(chosen)
                .forEach((failed, waiting) -> discarded.put(
                        failed, waiting.stream().limit(all ? Long.MAX_VALUE : 1).toList()));
        jdbc.update(DELETE_EVENTS, (Object) discarded.values().stream()
                .flatMap(List::stream)
                .map(Waiting::position)
                .toArray(Long[]::new));
        chosen.stream().map(Failed::saga).distinct().forEach(saga -> {
            String[] sequences = chosen.stream()
                    .filter(failed -> failed.saga().equals(saga))
                    .map(Failed::sequence)
                    .toArray(String[]::new);
            jdbc.update(DELETE_UNUSED, saga, sequences);
            jdbc.update(GO_ON, Timestamp.from(now), saga, sequences);
        });
        Map<Failed, List<String>> events = new LinkedHashMap<>();
        discarded.forEach((failed, waiting) ->
                events.put(failed, waiting.stream().map(Waiting::event).toList()));
        record(events, all ? ParkedStepAction.Kind.DISCARD_ALL : ParkedStepAction.Kind.DISCARD, operator, reason, now);
        return chosen.size();
    }

    private List<Failed> lockFailed(Selection selection, String strength) {
        return jdbc.query(
                LOCK_FAILED + strength,
                (row, number) -> new Failed(row.getString(1), row.getString(2), row.getString(3), row.getString(4)),
                arguments(selection));
    }

    private Map<Failed, List<Waiting>> eventsOf(List<Failed> chosen) {
        Map<List<String>, Failed> bySequence = new HashMap<>();
        Map<Failed, List<Waiting>> events = new LinkedHashMap<>();
        chosen.forEach(failed -> {
            bySequence.put(List.of(failed.saga(), failed.sequence()), failed);
            events.put(failed, new ArrayList<>());
        });
        jdbc.query(
                EVENTS,
                row -> {
                    Failed failed = Objects.requireNonNull(bySequence.get(List.of(row.getString(1), row.getString(2))));
                    Objects.requireNonNull(events.get(failed)).add(new Waiting(row.getLong(3), row.getString(4)));
                },
                texts(chosen, Failed::saga),
                texts(chosen, Failed::sequence));
        return events;
    }

    private void record(
            Map<Failed, List<String>> events,
            ParkedStepAction.Kind kind,
            Operator operator,
            @Nullable String reason,
            Instant now) {
        jdbc.update(
                RECORD,
                kind.name(),
                Timestamp.from(now),
                operator.userId(),
                operator.correlationId(),
                reason,
                texts(events.keySet(), Failed::saga),
                texts(events.keySet(), Failed::sequence),
                texts(events.keySet(), Failed::cause),
                texts(events.keySet(), Failed::message),
                texts(events.values(), names -> String.join(EVENT_SEPARATOR, names)));
    }

    private static @Nullable String nameOf(@Nullable Enum<?> value) {
        return value == null ? null : value.name();
    }

    private static @Nullable Object[] arguments(@Nullable Object... arguments) {
        List<@Nullable Object> flat = new ArrayList<>();
        for (Object argument : arguments) {
            if (argument instanceof Selection selection) {
                flat.add(selection.sequence());
                flat.add(selection.sequence());
                flat.add(selection.cause());
                flat.add(selection.cause());
            } else {
                flat.add(argument);
            }
        }
        return flat.toArray();
    }

    private static <R> String[] texts(Collection<R> rows, Function<R, String> text) {
        return rows.stream().map(text).toArray(String[]::new);
    }

    private static final RowMapper<ParkedStep> STEP = (row, number) -> new ParkedStep(
            row.getString("saga"),
            row.getString("sequence"),
            Objects.requireNonNullElse(row.getString("event_type"), ""),
            Objects.requireNonNullElse(row.getString("event_identifier"), ""),
            ParkedStep.State.valueOf(row.getString("state")),
            row.getTimestamp("since").toInstant(),
            row.getTimestamp("failed_at").toInstant(),
            row.getInt("attempts"),
            row.getString("cause"),
            row.getString("message"),
            instant(row.getTimestamp("next_try_at")),
            Math.max(0, row.getLong("events") - 1));

    private static final RowMapper<ParkedStepAction> ACTION = (row, number) -> new ParkedStepAction(
            row.getString("saga"),
            row.getString("sequence"),
            ParkedStepAction.Kind.valueOf(row.getString("action")),
            row.getTimestamp("at").toInstant(),
            row.getString("user_id"),
            row.getString("correlation_id"),
            row.getString("cause"),
            row.getString("message"),
            List.of(row.getString("events").split(EVENT_SEPARATOR, -1)),
            row.getString("reason"));

    private static @Nullable Instant instant(@Nullable Timestamp timestamp) {
        return timestamp == null ? null : timestamp.toInstant();
    }

    /**
     * Which parked steps are meant: all that meet what is given.
     *
     * @param sequence those of this sequence
     * @param cause those that failed for this reason
     */
    public record Selection(
            @Nullable String sequence, @Nullable String cause) {

        /** All there are. */
        public static final Selection ALL = new Selection(null, null);

        /** Those of one sequence: one at most of every saga. */
        public static Selection ofSequence(String sequence) {
            return new Selection(sequence, null);
        }

        /** Those that failed for the same reason. */
        public static Selection ofCause(String cause) {
            return new Selection(null, cause);
        }
    }

    /**
     * Who decides about a parked step.
     *
     * @param userId who that is
     * @param correlationId the request by which the decision came
     */
    public record Operator(String userId, String correlationId) {}

    /**
     * The parked steps that are in one state.
     *
     * @param count how many these are
     * @param oldest since when the oldest of them
     */
    public record Summary(long count, Instant oldest) {}

    /**
     * An event and the sequence that it belongs to.
     *
     * @param sequence the sequence
     * @param event the event
     */
    record Sequenced(String sequence, EventMessage<?> event) {}

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

    private record Failed(String saga, String sequence, String cause, String message) {}

    private record Waiting(long position, String event) {}

    private record FailedAgain(
            Due due,
            StepFailure failure,
            ParkedStep.State state,
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
                    parked ? ParkedStep.State.PARKED : ParkedStep.State.RETRYING,
                    attempts,
                    failures,
                    parked ? null : settings.intervalAfter(attempts));
        }
    }
}
