package io.orderworkflow.platform.projection;

import io.orderworkflow.api.admin.RebuildView;
import io.orderworkflow.api.admin.RebuildView.Difference;
import io.orderworkflow.api.admin.RebuildView.State;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** The rebuilds there are, of all nodes. */
final class RebuildTable {

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final String SELECT = "select * from projection_rebuild";

    private final JdbcTemplate jdbc;

    RebuildTable(JdbcTemplate jdbc) {
        this.jdbc = jdbc;
    }

    List<Rebuild> all() {
        return jdbc.query(SELECT, (row, number) -> rebuild(row));
    }

    Optional<Rebuild> find(String processor) {
        return jdbc.query(SELECT + " where processor = ?", (row, number) -> rebuild(row), processor).stream()
                .findFirst();
    }

    /** Nobody else changes it before the transaction ends. */
    Optional<Rebuild> lock(String processor) {
        return jdbc.query(SELECT + " where processor = ? for update", (row, number) -> rebuild(row), processor).stream()
                .findFirst();
    }

    /** Begins one, unless there is one. */
    boolean insert(String processor, boolean switching, Instant at, String by, long target) {
        return jdbc.update("""
                        insert into projection_rebuild (processor, state, switching, started_at, started_by, target)
                        values (?, ?, ?, ?, ?, ?) on conflict do nothing
                        """, processor, State.FILLING.name(), switching, Timestamp.from(at), by, target) == 1;
    }

    /** The new generation is another one, still to be filled. */
    void beginAnew(String processor, Instant at, long target, String why) {
        jdbc.update("""
                update projection_rebuild
                set state = ?, started_at = ?, target = ?, failure = ?, position = null, head = null,
                    events_per_second = null, sampled_at = null, indexed_at = null, ready_at = null, switched_at = null,
                    differences = null, switches = 0
                where processor = ?
                """, State.FILLING.name(), Timestamp.from(at), target, why, processor);
    }

    void sample(String processor, Instant at, long position, long head, @Nullable Double eventsPerSecond) {
        jdbc.update("""
                update projection_rebuild set sampled_at = ?, position = ?, head = ?, events_per_second = ?
                where processor = ?
                """, Timestamp.from(at), position, head, eventsPerSecond, processor);
    }

    void indexed(String processor, Instant at) {
        jdbc.update("update projection_rebuild set indexed_at = ? where processor = ?", Timestamp.from(at), processor);
    }

    void ready(String processor, Instant at, List<Difference> differences) {
        jdbc.update(
                """
                update projection_rebuild set state = ?, ready_at = ?, differences = ?, failure = null
                where processor = ? and state = ?
                """,
                State.READY.name(),
                Timestamp.from(at),
                JSON.writeValueAsString(differences),
                processor,
                State.FILLING.name());
    }

    /** It is ready, but nobody knows what is different in it: an operator has to decide. */
    void readyUncompared(String processor, Instant at, String failure) {
        jdbc.update("""
                update projection_rebuild set state = ?, ready_at = ?, switching = false, failure = ?
                where processor = ? and state = ?
                """, State.READY.name(), Timestamp.from(at), failure, processor, State.FILLING.name());
    }

    void wantSwitch(String processor) {
        jdbc.update("update projection_rebuild set switching = true, failure = null where processor = ?", processor);
    }

    void switched(String processor, State to, Instant at) {
        jdbc.update("""
                update projection_rebuild
                set state = ?, switched_at = ?, switching = false, switches = switches + 1, failure = null
                where processor = ?
                """, to.name(), Timestamp.from(at), processor);
    }

    void failed(String processor, String failure) {
        jdbc.update("update projection_rebuild set failure = ? where processor = ?", failure, processor);
    }

    void delete(String processor) {
        jdbc.update("delete from projection_rebuild where processor = ?", processor);
    }

    private static Rebuild rebuild(ResultSet row) throws SQLException {
        String differences = row.getString("differences");
        long position = row.getLong("position");
        long known = row.wasNull() ? -1 : position;
        long head = Math.max(row.getLong("head"), row.getLong("target"));
        double rate = row.getDouble("events_per_second");
        Double eventsPerSecond = row.wasNull() ? null : rate;
        State state = State.valueOf(row.getString("state"));
        return new Rebuild(
                new RebuildView(
                        row.getString("processor"),
                        state,
                        row.getBoolean("switching"),
                        row.getTimestamp("started_at").toInstant(),
                        row.getString("started_by"),
                        row.getLong("target"),
                        known,
                        head,
                        eventsPerSecond,
                        secondsLeft(state, head - known, eventsPerSecond),
                        instant(row.getTimestamp("ready_at")),
                        instant(row.getTimestamp("switched_at")),
                        differences == null ? null : JSON.readValue(differences, new TypeReference<>() {}),
                        row.getString("failure")),
                row.getTimestamp("indexed_at") != null,
                row.getInt("switches"),
                instant(row.getTimestamp("sampled_at")));
    }

    private static @Nullable Long secondsLeft(State state, long events, @Nullable Double eventsPerSecond) {
        if (state != State.FILLING) {
            return 0L;
        }
        return eventsPerSecond == null || eventsPerSecond < 1 ? null : (long) Math.ceil(events / eventsPerSecond);
    }

    private static @Nullable Instant instant(@Nullable Timestamp timestamp) {
        return timestamp == null ? null : timestamp.toInstant();
    }
}
