package io.orderworkflow.platform.saga;

import static io.orderworkflow.platform.saga.Columns.texts;
import static java.util.stream.Collectors.groupingBy;

import io.orderworkflow.api.admin.ParkedStepAction;
import io.orderworkflow.api.admin.ParkedStepState;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.RowMapper;

/**
 * The steps that failed, each with the events that wait for it, as operators see them and decide about them.
 *
 * <p>Three may turn to one sequence at the same time: the processor that appends its later events
 * ({@link ParkedSequences}), whoever tries its step again ({@link RetryQueue}), and an operator. The row of the step
 * orders them. Who appends holds a key share lock on it, so that the row stays; who tries again, or decides, holds it
 * for an update, which is one at a time, but lets others append; and who takes the row away needs it alone, and looks
 * only then whether anything waits behind it.
 */
public final class ParkedSteps {

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
    private final RetryQueue queue;

    ParkedSteps(JdbcTemplate jdbc, RetryQueue queue) {
        this.jdbc = jdbc;
        this.queue = queue;
    }

    /** Some of the parked steps, those that failed first at first. */
    public List<ParkedStep> find(Selection selection, @Nullable ParkedStepState state, long offset, int most) {
        return jdbc.query(FIND, STEP, arguments(nameOf(state), nameOf(state), selection, most, offset));
    }

    /** How many parked steps there are. */
    public long count(Selection selection, @Nullable ParkedStepState state) {
        return Objects.requireNonNull(
                jdbc.queryForObject(COUNT, Long.class, arguments(nameOf(state), nameOf(state), selection)));
    }

    /** What was done about these sequences, the latest first; nothing for those that are not among the keys. */
    public Map<String, List<ParkedStepAction>> actions(Collection<String> sequences) {
        Map<String, List<ParkedStepAction>> actions = new HashMap<>();
        jdbc.query(
                FIND_ACTIONS,
                row -> {
                    actions.computeIfAbsent(row.getString("sequence"), sequence -> new ArrayList<>())
                            .add(action(row));
                },
                (Object) sequences.toArray(String[]::new));
        return actions;
    }

    /** How many steps are in which state, and since when the oldest of them. */
    public Map<ParkedStepState, Summary> summary() {
        Map<ParkedStepState, Summary> summaries = new HashMap<>();
        jdbc.query(SUMMARY, row -> {
            summaries.put(
                    ParkedStepState.valueOf(row.getString(1)),
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
        chosen.stream().collect(groupingBy(Failed::saga)).forEach((saga, failed) -> {
            List<Long> events = failed.stream()
                    .flatMap(one -> discarded.getOrDefault(one, List.of()).stream())
                    .map(Waiting::position)
                    .toList();
            queue.goOnWithout(saga, failed.stream().map(Failed::sequence).toList(), events, now);
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

    private static final RowMapper<ParkedStep> STEP = (row, number) -> new ParkedStep(
            row.getString("saga"),
            row.getString("sequence"),
            Objects.requireNonNullElse(row.getString("event_type"), ""),
            Objects.requireNonNullElse(row.getString("event_identifier"), ""),
            ParkedStepState.valueOf(row.getString("state")),
            row.getTimestamp("since").toInstant(),
            row.getTimestamp("failed_at").toInstant(),
            row.getInt("attempts"),
            row.getString("cause"),
            row.getString("message"),
            instant(row.getTimestamp("next_try_at")),
            Math.max(0, row.getLong("events") - 1));

    private static ParkedStepAction action(ResultSet row) throws SQLException {
        return new ParkedStepAction(
                row.getString("saga"),
                ParkedStepAction.Kind.valueOf(row.getString("action")),
                row.getTimestamp("at").toInstant(),
                row.getString("user_id"),
                row.getString("correlation_id"),
                row.getString("cause"),
                row.getString("message"),
                List.of(row.getString("events").split(EVENT_SEPARATOR, -1)),
                row.getString("reason"));
    }

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

    private record Failed(String saga, String sequence, String cause, String message) {}

    private record Waiting(long position, String event) {}
}
