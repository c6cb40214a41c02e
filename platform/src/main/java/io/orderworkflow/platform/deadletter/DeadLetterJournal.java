package io.orderworkflow.platform.deadletter;

import io.orderworkflow.api.admin.DeadLetterAction;
import io.orderworkflow.api.admin.ParkedStepAction;
import io.orderworkflow.platform.processing.Operator;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;

/** What operators have done about sequences that could not be handled. */
final class DeadLetterJournal {

    private static final String EVENT_SEPARATOR = ",";
    private static final String FIND_ACTIONS =
            "select * from dead_letter_action where sequence = any (?) order by position desc";
    private static final String RECORD = """
            insert into dead_letter_action (processor_name, sequence, action, at, user_id, correlation_id, cause, message,
                events, reason)
            values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            """;

    private final JdbcTemplate jdbc;

    DeadLetterJournal(JdbcTemplate jdbc) {
        this.jdbc = jdbc;
    }

    /** What was done about a sequence of a processor, the latest first. */
    List<DeadLetterAction> actions(String processor, String sequence) {
        return actions(List.of(sequence)).getOrDefault(sequence, List.of()).stream()
                .filter(action -> action.processor().equals(processor))
                .toList();
    }

    /** What was done about sequences, the latest first. */
    Map<String, List<DeadLetterAction>> actions(Collection<String> sequences) {
        Map<String, List<DeadLetterAction>> actions = new HashMap<>();
        jdbc.query(
                FIND_ACTIONS,
                row -> {
                    actions.computeIfAbsent(row.getString("sequence"), sequence -> new ArrayList<>())
                            .add(action(row));
                },
                (Object) sequences.toArray(String[]::new));
        return actions;
    }

    void record(
            DeadLetterHead head,
            ParkedStepAction.Kind kind,
            List<String> events,
            Operator operator,
            @Nullable String reason,
            Instant now) {
        jdbc.update(
                RECORD,
                head.processor(),
                head.sequence(),
                kind.name(),
                Timestamp.from(now),
                operator.userId(),
                operator.correlationId(),
                head.cause(),
                head.message(),
                String.join(EVENT_SEPARATOR, events),
                reason);
    }

    private static DeadLetterAction action(ResultSet row) throws SQLException {
        return new DeadLetterAction(
                row.getString("processor_name"),
                ParkedStepAction.Kind.valueOf(row.getString("action")),
                row.getTimestamp("at").toInstant(),
                row.getString("user_id"),
                row.getString("correlation_id"),
                row.getString("cause"),
                row.getString("message"),
                List.of(row.getString("events").split(EVENT_SEPARATOR, -1)),
                row.getString("reason"));
    }
}
