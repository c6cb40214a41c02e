package io.orderworkflow.platform.eventlog;

import io.orderworkflow.api.eventstore.StoredEvent;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import org.axonframework.common.DateTimeUtils;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The events in PostgreSQL. Times are compared as the texts that Axon keeps, which sort as the times do. */
final class PostgresEventLog implements EventLog {

    private static final String COLUMNS = """
            select global_index, time_stamp, payload_type, payload_revision, type, aggregate_identifier,
                sequence_number, payload, meta_data
            from domain_event_entry
            """;

    private static final String BETWEEN = " where global_index >= :from and global_index < :before";

    // Whoever writes events locks the table before it takes a position, until its transaction has ended.
    private static final String WRITERS = """
            select virtualtransaction from pg_locks
            where locktype = 'relation' and mode = 'RowExclusiveLock'
                and relation = 'domain_event_entry'::regclass
                and database = (select oid from pg_database where datname = current_database())
            """;

    private static final int BLOCKS_PER_REQUEST = 256;

    private final JdbcClient jdbc;

    private long settled;
    private long taken;
    private Set<String> writers = Set.of();

    PostgresEventLog(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** What was taken when this was asked for last, once those who were writing then have ended. */
    @Override
    public synchronized long settled() {
        long takenNow = positionAfterLast();
        // Only now: who begins later takes later positions.
        Set<String> writing = Set.copyOf(jdbc.sql(WRITERS).query(String.class).list());
        if (Collections.disjoint(writers, writing)) {
            settled = writing.isEmpty() ? takenNow : taken;
            taken = takenNow;
            writers = writing;
        }
        return settled;
    }

    @Override
    public Summary summary(long from, long before, int limit) {
        // What is still to be counted is little: what was written since the last block was closed.
        long end = Math.min(before, Math.max(from, positionAfterLast()));
        List<Summary.Count> counts = jdbc.sql("""
                        select
                            payload_type,
                            coalesce(payload_revision, '') as revision,
                            left(time_stamp, 10) as day,
                            count(*) as events,
                            sum(octet_length(payload) + coalesce(octet_length(meta_data), 0)) as bytes,
                            min(time_stamp) as first_at,
                            max(time_stamp) as last_at
                        from domain_event_entry
                        where global_index >= :from and global_index < :before
                        group by 1, 2, 3
                        """)
                .param("from", from)
                .param("before", end)
                .query((row, number) -> new Summary.Count(
                        row.getString("payload_type"),
                        row.getString("revision"),
                        // Times are stored as Axon writes them, in UTC: to compute each one's day took most of the
                        // time.
                        LocalDate.parse(row.getString("day")),
                        row.getLong("events"),
                        row.getLong("bytes"),
                        instant(row, "first_at"),
                        instant(row, "last_at")))
                .list();
        return new Summary(counts, end);
    }

    private long positionAfterLast() {
        return jdbc.sql("select last_value + is_called::int from domain_event_entry_global_index_seq")
                .query(Long.class)
                .single();
    }

    private static Instant instant(ResultSet row, String column) throws SQLException {
        return OffsetDateTime.parse(row.getString(column)).toInstant();
    }

    @Override
    public List<StoredEvent> read(Filter filter, long from, long before, long skip, int limit) {
        return bind(COLUMNS + BETWEEN + conditions(filter) + " order by global_index offset :skip limit :limit", filter)
                .param("from", from)
                .param("before", before)
                .param("skip", skip)
                .param("limit", limit)
                .query(PostgresEventLog::event)
                .list();
    }

    @Override
    public long count(Filter filter, long from, long before) {
        return bind("select count(*) from domain_event_entry" + BETWEEN + conditions(filter), filter)
                .param("from", from)
                .param("before", before)
                .query(Long.class)
                .single();
    }

    @Override
    public int blocksPerRequest() {
        return BLOCKS_PER_REQUEST;
    }

    @Override
    public OptionalLong lastSequence(String aggregateId) {
        return jdbc
                .sql("select sequence_number from domain_event_entry where aggregate_identifier = :aggregate"
                        + " order by sequence_number desc limit 1")
                .param("aggregate", aggregateId)
                .query(Long.class)
                .list()
                .stream()
                .mapToLong(Long::longValue)
                .findFirst();
    }

    @Override
    public List<StoredEvent> readAggregate(
            String aggregateId, Filter filter, @Nullable Long after, long skip, int limit) {
        long first = firstSequence(aggregateId, after);
        // Without a filter the numbers count the events: nothing need be read to be left out.
        boolean counted = filter.equals(Filter.ALL);
        return bind(
                        COLUMNS + " where aggregate_identifier = :aggregate and sequence_number >= :first"
                                + conditions(filter) + " order by sequence_number offset :skip limit :limit",
                        filter)
                .param("aggregate", aggregateId)
                .param("first", counted ? first + skip : first)
                .param("skip", counted ? 0 : skip)
                .param("limit", limit)
                .query(PostgresEventLog::event)
                .list();
    }

    @Override
    public OptionalLong positionOf(StoredEvent event) {
        Long position = event.position();
        return position == null ? OptionalLong.empty() : OptionalLong.of(position);
    }

    @Override
    public long countAggregate(String aggregateId, Filter filter, @Nullable Long after, int limit) {
        long first = firstSequence(aggregateId, after);
        if (filter.equals(Filter.ALL)) {
            return Math.max(0, lastSequence(aggregateId).orElse(-1) + 1 - first);
        }
        return bind(
                        "select count(*) from (select 1 from domain_event_entry"
                                + " where aggregate_identifier = :aggregate and sequence_number >= :first"
                                + conditions(filter) + " limit :limit) as found",
                        filter)
                .param("aggregate", aggregateId)
                .param("first", first)
                .param("limit", limit)
                .query(Long.class)
                .single();
    }

    /** The first event of an aggregate behind a position, by bisection: its numbers and positions grow together. */
    private long firstSequence(String aggregateId, @Nullable Long after) {
        if (after == null) {
            return 0;
        }
        long low = 0;
        long high = lastSequence(aggregateId).orElse(-1) + 1;
        while (low < high) {
            long middle = (low + high) >>> 1;
            if (positionOf(aggregateId, middle) > after) {
                high = middle;
            } else {
                low = middle + 1;
            }
        }
        return low;
    }

    private long positionOf(String aggregateId, long sequence) {
        return jdbc.sql("select global_index from domain_event_entry"
                        + " where aggregate_identifier = :aggregate and sequence_number = :sequence")
                .param("aggregate", aggregateId)
                .param("sequence", sequence)
                .query(Long.class)
                .single();
    }

    private static String conditions(Filter filter) {
        return (filter.type() == null ? "" : " and payload_type = :type")
                + (filter.from() == null ? "" : " and time_stamp >= :earliest")
                + (filter.to() == null ? "" : " and time_stamp <= :latest");
    }

    private JdbcClient.StatementSpec bind(String sql, Filter filter) {
        JdbcClient.StatementSpec statement = jdbc.sql(sql);
        if (filter.type() != null) {
            statement = statement.param("type", filter.type());
        }
        if (filter.from() != null) {
            statement = statement.param("earliest", DateTimeUtils.formatInstant(filter.from()));
        }
        if (filter.to() != null) {
            statement = statement.param("latest", DateTimeUtils.formatInstant(filter.to()));
        }
        return statement;
    }

    private static StoredEvent event(ResultSet row, int number) throws SQLException {
        Map<String, Object> metaData = StoredJson.read(row.getBytes("meta_data"));
        return new StoredEvent(
                row.getLong("global_index"),
                instant(row, "time_stamp"),
                row.getString("payload_type"),
                row.getString("payload_revision"),
                row.getString("type"),
                row.getString("aggregate_identifier"),
                row.getLong("sequence_number"),
                StoredJson.text(metaData, "correlationId"),
                StoredJson.text(metaData, "causationId"),
                StoredJson.read(row.getBytes("payload")),
                metaData);
    }
}
