package io.orderworkflow.query.audit;

import io.orderworkflow.api.audit.AuditRule;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * Whether deadlines are kept: what is scheduled is sent, and a saga does not wait for longer than it meant to. Looks at
 * what is scheduled and at open sagas, however many orders there have been.
 */
final class DeadlineAudit {

    /** After a failure a command is scheduled anew, so its time tells nothing; how often it failed does. */
    private static final Duration BETWEEN_ATTEMPTS = Duration.ofSeconds(30);

    private static final String OVERDUE = """
            select command.name, command.due_at, command.attempts, saga.subject
            from scheduled_command as command
            left join saga_entry as saga
                on saga.saga_type = 'OrderRefundSaga' and command.name = 'refund/' || saga.association
            where command.due_at < ? or command.attempts > ?
            """;

    // What was due while the program was away is scheduled anew when it is back, while the saga's row stays.
    private static final String WAITING = """
            select kind || '/' || association as name, subject, step, awaited, until
            from saga_entry as saga
            cross join lateral (
                select case saga_type when 'OrderRefundSaga' then 'refund' else 'order' end as kind
            ) as named
            where (until < ? or until is null and for_person is false)
            and not exists (
                select from scheduled_command where name = kind || '/' || association and due_at >= ?)
            and not exists (select from parked_step where sequence = saga.subject)
            """;

    private final JdbcTemplate jdbc;
    private final Duration grace;

    DeadlineAudit(JdbcTemplate jdbc, Duration grace) {
        this.jdbc = jdbc;
        this.grace = grace;
    }

    List<Finding> check(Instant now) {
        Timestamp latest = Timestamp.from(now.minus(grace));
        List<Finding> findings = new ArrayList<>(
                jdbc.query(OVERDUE, (row, number) -> overdue(row), latest, 1 + grace.dividedBy(BETWEEN_ATTEMPTS)));
        findings.addAll(jdbc.query(WAITING, (row, number) -> waiting(row), latest, latest));
        return findings;
    }

    private static Finding overdue(ResultSet row) throws SQLException {
        String name = row.getString("name");
        return Finding.onceItLasts(
                AuditRule.DEADLINES_KEPT,
                Subjects.deadline(name),
                orders(name, row.getString("subject")),
                "the deadline %s was due at %s and is not handled; tried %d times"
                        .formatted(name, row.getTimestamp("due_at").toInstant(), row.getInt("attempts")),
                "");
    }

    private static Finding waiting(ResultSet row) throws SQLException {
        String name = row.getString("name");
        Timestamp until = row.getTimestamp("until");
        return Finding.onceItLasts(
                AuditRule.DEADLINES_KEPT,
                Subjects.deadline(name),
                orders(name, row.getString("subject")),
                until == null
                        ? "%s waits in %s for %s, without a deadline"
                                .formatted(name, row.getString("step"), row.getString("awaited"))
                        : "%s waits in %s for %s; it meant to do so until %s"
                                .formatted(name, row.getString("step"), row.getString("awaited"), until.toInstant()),
                String.valueOf(until));
    }

    private static List<UUID> orders(String name, @Nullable String subject) {
        String orderId = name.startsWith("order/") ? name.substring("order/".length()) : subject;
        try {
            return orderId == null ? List.of() : List.of(UUID.fromString(orderId));
        } catch (IllegalArgumentException notAnOrder) {
            return List.of();
        }
    }
}
