package io.orderworkflow.payment.demo;

import io.orderworkflow.api.fault.DemoOrders;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

/** The demo driver's last run, in the database: so that there is one at a time, and every process knows how it stands. */
final class DemoRunTable {

    /** A run that was not heard of for so long ended with its program. */
    private static final String DEAD = "alive_at < clock_timestamp() - interval '5 seconds'";

    private static final String CLAIM = """
            insert into demo_run as known (run, per_second, ends_at)
            values (?, ?, clock_timestamp() + ? * interval '1 second')
            on conflict (driver) do update set run = excluded.run, per_second = excluded.per_second,
                started_at = excluded.started_at, ends_at = excluded.ends_at, ended_at = null,
                alive_at = excluded.alive_at, placed = 0, failed = 0, last_failure = null
            where known.ended_at is not null or known.\
            """ + DEAD;

    private static final String GOES_ON = """
            update demo_run set alive_at = clock_timestamp(), placed = ?, failed = ?, last_failure = ?
            where run = ? and ended_at is null
            """;

    private static final String END = """
            update demo_run set ended_at = coalesce(ended_at, clock_timestamp()), placed = ?, failed = ?, last_failure = ?
            where run = ?
            """;

    private static final String FIND = """
            select per_second, started_at, ends_at, coalesce(ended_at, case when %s then alive_at end) as ended_at,
                placed, failed, last_failure, clock_timestamp() as now
            from demo_run
            """.formatted(DEAD);

    private final JdbcTemplate jdbc;
    private final TransactionTemplate atOnce;

    DemoRunTable(JdbcTemplate jdbc, PlatformTransactionManager transactions) {
        this.jdbc = jdbc;
        this.atOnce = new TransactionTemplate(transactions);
        atOnce.setPropagationBehavior(TransactionDefinition.PROPAGATION_REQUIRES_NEW);
    }

    /** Begins a run, unless there is one; safely, as what it does then cannot be undone. */
    boolean begin(UUID run, double perSecond, @Nullable Integer seconds) {
        return Boolean.TRUE.equals(atOnce.execute(status -> jdbc.update(CLAIM, run, perSecond, seconds) == 1));
    }

    /** Tells how far a run is, and says whether it is to go on. */
    boolean goesOn(UUID run, long placed, long failed, @Nullable String lastFailure) {
        return jdbc.update(GOES_ON, placed, failed, lastFailure, run) == 1;
    }

    /** Tells how far a run got, and that it is over. */
    void end(UUID run, long placed, long failed, @Nullable String lastFailure) {
        jdbc.update(END, placed, failed, lastFailure, run);
    }

    /** Has whatever run there is end. */
    void stop() {
        jdbc.update("update demo_run set ended_at = clock_timestamp() where ended_at is null");
    }

    DemoOrders find() {
        List<DemoOrders> rows = jdbc.query(FIND, (row, number) -> view(row));
        return rows.isEmpty() ? new DemoOrders(true, false, null, null, null, null, 0, 0, 0, null) : rows.get(0);
    }

    private static DemoOrders view(ResultSet row) throws SQLException {
        Instant started = row.getTimestamp("started_at").toInstant();
        Instant ended = instant(row, "ended_at");
        Duration took = Duration.between(
                started, ended == null ? row.getTimestamp("now").toInstant() : ended);
        long placed = row.getLong("placed");
        return new DemoOrders(
                true,
                ended == null,
                row.getDouble("per_second"),
                started,
                instant(row, "ends_at"),
                ended,
                placed,
                row.getLong("failed"),
                took.toMillis() <= 0 ? 0 : placed * 1_000.0 / took.toMillis(),
                row.getString("last_failure"));
    }

    private static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
        Timestamp time = row.getTimestamp(column);
        return time == null ? null : time.toInstant();
    }
}
