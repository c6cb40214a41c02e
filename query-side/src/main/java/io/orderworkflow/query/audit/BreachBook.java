package io.orderworkflow.query.audit;

import io.orderworkflow.api.OrderId;
import io.orderworkflow.api.audit.AuditReport;
import io.orderworkflow.api.audit.AuditRule;
import io.orderworkflow.platform.processing.ProcessorPositions;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.JdbcTemplate;

/** What was found, and since when: breaches, and what may become one. */
final class BreachBook {

    private static final Logger log = LoggerFactory.getLogger(BreachBook.class);

    private static final int RUNS_KEPT = 1000;
    private static final int RUNS_TOLD = 10;

    private static final String OPEN = "select rule, subject from audit_breach where resolved_at is null";
    private static final String OPEN_BY_RULE =
            "select rule, count(*) as breaches from audit_breach where resolved_at is null group by rule";
    private static final String SUSPICIONS =
            "select rule, subject, fingerprint, since, head, caught_up from audit_suspicion";
    private static final String FORGET_SUSPICIONS = "delete from audit_suspicion";
    private static final String SUSPECT =
            "insert into audit_suspicion (rule, subject, fingerprint, since, head, caught_up) values (?, ?, ?, ?, ?, ?)";
    private static final String BREACH = """
            insert into audit_breach as known (rule, subject, orders, first_seen, last_seen, details)
            values (?, ?, ?, ?, ?, ?)
            on conflict (rule, subject) where resolved_at is null do update set
                orders = excluded.orders, last_seen = excluded.last_seen, details = excluded.details
            """;
    private static final String RESOLVE =
            "update audit_breach set resolved_at = ? where rule = ? and subject = ? and resolved_at is null";
    private static final String RAN = """
            insert into audit_run (started_at, finished_at, changed_orders, changed_skus, compared, rows_read,
                open_breaches) values (?, ?, ?, ?, ?, ?, (select count(*) from audit_breach where resolved_at is null))
            """;
    private static final String FORGET_RUNS = "delete from audit_run where run <= (select max(run) - ? from audit_run)";
    private static final String LAST_RUN = "select finished_at from audit_run order by run desc limit 1";

    private static final String BREACHES = """
            select rule, subject, orders, first_seen, last_seen, details from audit_breach
            where resolved_at is null order by first_seen, breach limit ?
            """;
    private static final String RUNS = """
            select started_at, finished_at, changed_orders, changed_skus, compared, rows_read, open_breaches
            from audit_run order by run desc limit ?
            """;

    /** The processors whose work is compared. */
    private static final String[] COMPARED = {"order-view", "inventory-view", "order-processing"};

    private final JdbcTemplate jdbc;
    private final ProcessorPositions positions;
    private final AuditSettings settings;

    BreachBook(JdbcTemplate jdbc, ProcessorPositions positions, AuditSettings settings) {
        this.jdbc = jdbc;
        this.positions = positions;
        this.settings = settings;
    }

    /** What has to be looked at again, whether it changed or not. */
    List<BreachKey> toBeSeenAgain() {
        return Stream.concat(
                        open().stream(),
                        jdbc.query(SUSPICIONS, (row, number) -> suspicion(row)).stream()
                                .map(Suspicion::key))
                .distinct()
                .toList();
    }

    private Set<BreachKey> open() {
        return new HashSet<>(jdbc.query(OPEN, (row, number) -> key(row)));
    }

    /** Tells breaches from what may only be late, and writes both down. All that was seen before was looked at. */
    void write(Collection<Finding> findings, Instant now) {
        Map<BreachKey, Finding> found = new LinkedHashMap<>();
        findings.forEach(finding -> found.putIfAbsent(finding.key(), finding));
        Set<BreachKey> open = open();
        Map<BreachKey, Suspicion> known = suspicions(now);
        List<Finding> breaches = new ArrayList<>();
        List<Suspicion> suspicions = new ArrayList<>();
        long head = positions.head();
        long passed = positions.passedByAll(COMPARED);
        found.values().forEach(finding -> {
            Suspicion before = known.get(finding.key());
            Suspicion suspicion = before != null && before.fingerprint().equals(finding.fingerprint())
                    ? before
                    : new Suspicion(finding.key(), finding.fingerprint(), now, head, false);
            if (open.contains(finding.key()) || isSure(finding, suspicion, passed, now)) {
                breaches.add(finding);
            } else {
                suspicions.add(suspicion.at(head, passed));
            }
        });
        writeSuspicions(suspicions);
        writeBreaches(breaches, now);
        breaches.stream()
                .filter(breach -> !open.contains(breach.key()))
                .forEach(breach -> log.error("promise broken: {}: {}", breach.rule(), breach.details()));
        open.removeAll(found.keySet());
        resolve(open, now);
    }

    private Map<BreachKey, Suspicion> suspicions(Instant now) {
        Map<BreachKey, Suspicion> suspicions = new LinkedHashMap<>();
        Instant last = lastRun();
        if (last != null && !settings.isAway(Duration.between(last, now))) {
            jdbc.query(SUSPICIONS, (row, number) -> suspicion(row))
                    .forEach(suspicion -> suspicions.put(suspicion.key(), suspicion));
        }
        return suspicions;
    }

    private boolean isSure(Finding finding, Suspicion suspicion, long passed, Instant now) {
        return switch (finding.certainty()) {
            case AT_ONCE -> true;
            case WHEN_ALL_HAVE_CAUGHT_UP ->
                suspicion.since().isBefore(now)
                        && (suspicion.isPassedTwice(passed) || suspicion.hasLasted(settings.patience(), now));
            case WHEN_IT_LASTS -> suspicion.hasLasted(settings.grace(), now);
        };
    }

    private void writeSuspicions(List<Suspicion> suspicions) {
        jdbc.update(FORGET_SUSPICIONS);
        jdbc.batchUpdate(
                SUSPECT,
                suspicions.stream()
                        .map(suspicion -> new Object[] {
                            suspicion.key().rule().name(),
                            suspicion.key().subject(),
                            suspicion.fingerprint(),
                            Timestamp.from(suspicion.since()),
                            suspicion.head(),
                            suspicion.caughtUp()
                        })
                        .toList());
    }

    private void writeBreaches(List<Finding> breaches, Instant now) {
        Timestamp at = Timestamp.from(now);
        jdbc.batchUpdate(
                BREACH,
                breaches.stream()
                        .map(breach -> new Object[] {
                            breach.rule().name(),
                            breach.subject(),
                            breach.orders().toArray(UUID[]::new),
                            at,
                            at,
                            breach.details()
                        })
                        .toList());
    }

    private void resolve(Collection<BreachKey> gone, Instant now) {
        gone.forEach(key -> log.info("promise kept again: {}: {}", key.rule(), key.subject()));
        jdbc.batchUpdate(
                RESOLVE,
                gone.stream()
                        .map(key ->
                                new Object[] {Timestamp.from(now), key.rule().name(), key.subject()})
                        .toList());
    }

    /** Writes down that the auditor has looked. */
    void ran(Instant from, Instant until, long changedOrders, long changedSkus, long compared, long rowsRead) {
        jdbc.update(RAN, Timestamp.from(from), Timestamp.from(until), changedOrders, changedSkus, compared, rowsRead);
        jdbc.update(FORGET_RUNS, RUNS_KEPT);
    }

    @Nullable
    Instant lastRun() {
        return jdbc
                .query(
                        LAST_RUN,
                        (row, number) -> row.getTimestamp("finished_at").toInstant())
                .stream()
                .findFirst()
                .orElse(null);
    }

    /** How many breaches of each rule are open. */
    Map<AuditRule, Long> openByRule() {
        Map<AuditRule, Long> open = new EnumMap<>(AuditRule.class);
        jdbc.query(OPEN_BY_RULE, row -> {
            open.put(AuditRule.valueOf(row.getString("rule")), row.getLong("breaches"));
        });
        return open;
    }

    AuditReport report() {
        return new AuditReport(
                settings.enabled(),
                openByRule().values().stream().mapToLong(Long::longValue).sum(),
                jdbc.query(SUSPICIONS, (row, number) -> suspicion(row)).size(),
                jdbc.query(BREACHES, (row, number) -> breach(row), AuditReport.MAX_BREACHES),
                jdbc.query(RUNS, (row, number) -> run(row), RUNS_TOLD));
    }

    private static AuditReport.Breach breach(ResultSet row) throws SQLException {
        return new AuditReport.Breach(
                AuditRule.valueOf(row.getString("rule")),
                row.getString("subject"),
                Stream.of((UUID[]) row.getArray("orders").getArray())
                        .map(OrderId::new)
                        .toList(),
                row.getTimestamp("first_seen").toInstant(),
                row.getTimestamp("last_seen").toInstant(),
                row.getString("details"));
    }

    private static AuditReport.Run run(ResultSet row) throws SQLException {
        Instant startedAt = row.getTimestamp("started_at").toInstant();
        return new AuditReport.Run(
                startedAt,
                Duration.between(startedAt, row.getTimestamp("finished_at").toInstant())
                        .toMillis(),
                row.getLong("changed_orders"),
                row.getLong("changed_skus"),
                row.getLong("compared"),
                row.getLong("rows_read"),
                row.getLong("open_breaches"));
    }

    private static BreachKey key(ResultSet row) throws SQLException {
        return new BreachKey(AuditRule.valueOf(row.getString("rule")), row.getString("subject"));
    }

    private static Suspicion suspicion(ResultSet row) throws SQLException {
        return new Suspicion(
                key(row),
                row.getString("fingerprint"),
                row.getTimestamp("since").toInstant(),
                row.getLong("head"),
                row.getBoolean("caught_up"));
    }

    /**
     * Something that may only be late. What is compared is written by several processors, and while one of them is behind
     * twice, the same may be seen for two reasons: an order without a saga that has not begun yet, and then without one
     * that has ended. So all have to catch up, and then to have handled what had happened by then.
     *
     * @param key what about
     * @param fingerprint what it was found by
     * @param since since when that has not changed
     * @param head the position of the last event when it was noted, or when all had caught up with that
     * @param caughtUp whether all have
     */
    private record Suspicion(BreachKey key, String fingerprint, Instant since, long head, boolean caughtUp) {

        /** Where the last event is now, and all have passed this position. */
        Suspicion at(long lastEvent, long passed) {
            return caughtUp || passed < head ? this : new Suspicion(key, fingerprint, since, lastEvent, true);
        }

        boolean isPassedTwice(long passed) {
            return caughtUp && passed >= head;
        }

        boolean hasLasted(Duration limit, Instant now) {
            return !now.isBefore(since.plus(limit));
        }
    }
}
