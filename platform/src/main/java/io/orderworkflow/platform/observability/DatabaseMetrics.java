package io.orderworkflow.platform.observability;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.util.Objects;
import org.springframework.jdbc.core.JdbcTemplate;

/** What the work of the program costs the database, counted by PostgreSQL itself. */
final class DatabaseMetrics implements MeterBinder {

    private static final String COMMITS =
            "select xact_commit::float8 from pg_stat_database where datname = current_database()";
    private static final String WAL_BYTES = "select pg_wal_lsn_diff(pg_current_wal_insert_lsn(), '0/0')::float8";

    private final JdbcTemplate jdbc;

    DatabaseMetrics(JdbcTemplate jdbc) {
        this.jdbc = jdbc;
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        FunctionCounter.builder("order.workflow.database.commits", jdbc, database -> query(database, COMMITS))
                .description("Transactions committed in this database; an idle connection reports up to 10 s late")
                .register(registry);
        FunctionCounter.builder("order.workflow.database.wal.bytes", jdbc, database -> query(database, WAL_BYTES))
                .description("Bytes written to the write-ahead log by the whole database server")
                .baseUnit("bytes")
                .register(registry);
    }

    private static double query(JdbcTemplate jdbc, String sql) {
        return Objects.requireNonNull(jdbc.queryForObject(sql, Double.class));
    }
}
