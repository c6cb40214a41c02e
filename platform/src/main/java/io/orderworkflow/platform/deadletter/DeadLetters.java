package io.orderworkflow.platform.deadletter;

import io.orderworkflow.api.admin.DeadLetterAction;
import io.orderworkflow.api.admin.DeadLetterView;
import io.orderworkflow.api.admin.ParkedStepAction;
import io.orderworkflow.api.admin.ParkedStepState;
import io.orderworkflow.platform.processing.Operator;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.axonframework.common.DateTimeUtils;
import org.axonframework.eventhandling.TrackingToken;
import org.axonframework.serialization.Serializer;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * The sequences of events that projections could not handle, in the tables of Axon's queue, as operators see them and
 * decide about them.
 *
 * <p>The first letter of a sequence stands for it. Who tries or discards it locks its row; the processor appends to the
 * sequence without asking anybody. So a letter can be appended just behind the last one that is handled: it has no cause
 * then, is the first of its sequence, and is tried at once.
 */
final class DeadLetters {

    private static final String HEADS = """
            (select distinct on (processing_group, sequence_identifier) letter.*,
                coalesce(regexp_replace(cause_type, '^.*[.$]', ''), '') as cause,
                case when parked and next_try_at is null then 'PARKED' else 'RETRYING' end as state,
                count(*) over (partition by processing_group, sequence_identifier) as letters
             from dead_letter_entry letter
             where (?::text is null or processing_group = ?) and (?::text is null or sequence_identifier = ?)
             order by processing_group, sequence_identifier, sequence_index) as head
            where (?::text is null or cause = ?) and (?::text is null or state = ?)
            """;
    private static final String FIND = "select * from " + HEADS + """
            order by enqueued_at::timestamptz, processing_group, sequence_identifier limit ? offset ?
            """;
    private static final String COUNT = "select count(*) from " + HEADS;
    private static final String LOCK = """
            select letter.*, coalesce(regexp_replace(cause_type, '^.*[.$]', ''), '') as cause
            from dead_letter_entry letter where dead_letter_identifier = any (?)
            order by dead_letter_identifier for update
            """;
    private static final String TRY_NOW =
            "update dead_letter_entry set next_try_at = ? where dead_letter_identifier = any (?)";
    private static final String EVENTS = """
            select dead_letter_identifier, payload_type from dead_letter_entry
            where processing_group = ? and sequence_identifier = ? order by sequence_index
            """;
    private static final String DELETE = "delete from dead_letter_entry where dead_letter_identifier = any (?)";
    private static final String SUMMARY = """
            select processing_group, count(*) as sequences, count(*) filter (where parked) as parked,
                max(letters) as longest, min(since) as oldest
            from (select processing_group, sequence_identifier, count(*) as letters, bool_or(parked and next_try_at is null) as parked,
                    min(enqueued_at::timestamptz) as since
                  from dead_letter_entry group by processing_group, sequence_identifier) as sequence
            group by processing_group order by processing_group
            """;
    private final JdbcTemplate jdbc;
    private final DeadLetterJournal journal;
    private final Serializer serializer;
    private final DeadLetterSettings settings;

    DeadLetters(JdbcTemplate jdbc, DeadLetterJournal journal, Serializer serializer, DeadLetterSettings settings) {
        this.jdbc = jdbc;
        this.journal = journal;
        this.serializer = serializer;
        this.settings = settings;
    }

    /** Parked sequences, those that failed first at first, each with what was done about it. */
    List<DeadLetterView> find(Selection selection, long offset, int most) {
        List<DeadLetterHead> heads = jdbc.query(FIND, (row, number) -> head(row), arguments(selection, most, offset));
        Map<String, List<DeadLetterAction>> actions = journal.actions(
                heads.stream().map(DeadLetterHead::sequence).distinct().toList());
        return heads.stream()
                .map(head -> head.view(actions.getOrDefault(head.sequence(), List.of()).stream()
                        .filter(action -> action.processor().equals(head.processor()))
                        .toList()))
                .toList();
    }

    long count(Selection selection) {
        return Objects.requireNonNull(jdbc.queryForObject(COUNT, Long.class, arguments(selection)));
    }

    /** How many there are of each processor that has any. */
    List<Summary> summary() {
        return jdbc.query(
                SUMMARY,
                (row, number) -> new Summary(
                        row.getString("processing_group"),
                        row.getLong("sequences"),
                        row.getLong("parked"),
                        row.getLong("longest"),
                        row.getTimestamp("oldest").toInstant()));
    }

    /**
     * Has sequences tried again at once. Within a transaction of the caller.
     *
     * @return how many these are
     */
    int retry(Selection selection, Operator operator, Instant now) {
        List<DeadLetterHead> heads = lock(selection);
        jdbc.update(TRY_NOW, Timestamp.from(now), identifiers(heads));
        heads.forEach(
                head -> journal.record(head, ParkedStepAction.Kind.RETRY, List.of(head.event()), operator, null, now));
        return heads.size();
    }

    /**
     * Leaves out the first event of sequences; those behind it are handled, or left out as well. Within a transaction of
     * the caller.
     *
     * @return how many sequences these are
     */
    int discard(Selection selection, boolean all, Operator operator, String reason, Instant now) {
        List<DeadLetterHead> heads = lock(selection);
        for (DeadLetterHead head : heads) {
            List<Letter> letters = jdbc.query(
                    EVENTS,
                    (row, number) -> new Letter(row.getString(1), row.getString(2)),
                    head.processor(),
                    head.sequence());
            List<Letter> discarded = all ? letters : letters.subList(0, 1);
            jdbc.update(
                    DELETE, (Object) discarded.stream().map(Letter::identifier).toArray(String[]::new));
            jdbc.update(
                    TRY_NOW,
                    Timestamp.from(now),
                    letters.stream()
                            .skip(discarded.size())
                            .limit(1)
                            .map(Letter::identifier)
                            .toArray(String[]::new));
            journal.record(
                    head,
                    all ? ParkedStepAction.Kind.DISCARD_ALL : ParkedStepAction.Kind.DISCARD,
                    discarded.stream().map(Letter::event).toList(),
                    operator,
                    reason,
                    now);
        }
        return heads.size();
    }

    /** Waits for whoever tries them at this moment; what is gone then, or the first no more, is not meant. */
    private List<DeadLetterHead> lock(Selection selection) {
        List<DeadLetterHead> found =
                jdbc.query(FIND, (row, number) -> head(row), arguments(selection, Integer.MAX_VALUE, 0L));
        jdbc.query(LOCK, row -> {}, (Object) identifiers(found));
        List<String> still =
                jdbc.query(FIND, (row, number) -> head(row), arguments(selection, Integer.MAX_VALUE, 0L)).stream()
                        .map(DeadLetterHead::identifier)
                        .toList();
        return found.stream().filter(head -> still.contains(head.identifier())).toList();
    }

    private static String[] identifiers(List<DeadLetterHead> heads) {
        return heads.stream().map(DeadLetterHead::identifier).toArray(String[]::new);
    }

    private DeadLetterHead head(ResultSet row) throws SQLException {
        long number = row.getLong("sequence_number");
        boolean ofAggregate = !row.wasNull();
        Instant since = DateTimeUtils.parseInstant(row.getString("enqueued_at"));
        String touched = row.getString("last_touched");
        Timestamp next = row.getTimestamp("next_try_at");
        boolean parked = row.getBoolean("parked");
        TrackingToken token = LetterToken.read(row, serializer);
        Duration first = settings.firstInterval();
        return new DeadLetterHead(
                row.getString("dead_letter_identifier"),
                row.getString("processing_group"),
                row.getString("sequence_identifier"),
                row.getString("payload_type"),
                row.getString("event_identifier"),
                row.getString("type"),
                row.getString("aggregate_identifier"),
                ofAggregate ? number : null,
                token == null || token.position().isEmpty()
                        ? null
                        : token.position().getAsLong(),
                parked && next == null ? ParkedStepState.PARKED : ParkedStepState.RETRYING,
                since,
                touched == null ? since : DateTimeUtils.parseInstant(touched),
                row.getInt("retries") + (row.getString("cause_type") == null ? 0 : 1),
                row.getString("cause"),
                Objects.requireNonNullElse(row.getString("cause_message"), ""),
                next != null ? next.toInstant() : parked ? null : since.plus(first),
                row.getLong("letters") - 1);
    }

    private static @Nullable Object[] arguments(Selection selection, @Nullable Object... more) {
        List<@Nullable Object> all = new ArrayList<>();
        for (String each : new @Nullable String[] {
            selection.processor(),
            selection.sequence(),
            selection.cause(),
            selection.state() == null ? null : selection.state().name()
        }) {
            all.add(each);
            all.add(each);
        }
        all.addAll(List.of(more));
        return all.toArray();
    }

    /**
     * Which sequences are meant: all that meet what is given.
     *
     * @param processor those of this processor
     * @param sequence the one of that name
     * @param cause those that failed for this reason
     * @param state those in this state
     */
    record Selection(
            @Nullable String processor,
            @Nullable String sequence,
            @Nullable String cause,
            @Nullable ParkedStepState state) {}

    /**
     * What is parked of a processor.
     *
     * @param processor its name
     * @param sequences how many sequences
     * @param parked how many of these wait for an operator
     * @param longest how many letters the longest of them has
     * @param oldest since when the oldest of them is there
     */
    record Summary(String processor, long sequences, long parked, long longest, Instant oldest) {}

    private record Letter(String identifier, String event) {}
}
