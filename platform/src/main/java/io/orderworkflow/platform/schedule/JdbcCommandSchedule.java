package io.orderworkflow.platform.schedule;

import io.orderworkflow.platform.batch.BatchedWork;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.axonframework.commandhandling.CommandMessage;
import org.axonframework.commandhandling.GenericCommandMessage;
import org.axonframework.messaging.MetaData;
import org.axonframework.messaging.unitofwork.CurrentUnitOfWork;
import org.axonframework.serialization.SerializationException;
import org.axonframework.serialization.SerializedObject;
import org.axonframework.serialization.Serializer;
import org.axonframework.serialization.SimpleSerializedObject;
import org.axonframework.serialization.SimpleSerializedType;
import org.axonframework.serialization.UnknownSerializedType;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * Keeps the schedule in a table. The changes of a unit of work are gathered and written with at most two statements
 * when it commits, in its transaction.
 */
final class JdbcCommandSchedule implements CommandSchedule {

    // Most commands are scheduled several times, later each time, and then cancelled. When to look at a row is put off
    // only when somebody has looked: the index is on that alone, so the other updates stay within their page.
    private static final String WRITE = """
            insert into scheduled_command as known (name, due_at, look_at, command_type, command, metadata)
            select name, due_at, due_at, command_type, command, metadata
            from unnest(?::text[], ?::timestamptz[], ?::text[], ?::bytea[], ?::bytea[])
                as told (name, due_at, command_type, command, metadata)
            on conflict (name) do update set due_at = excluded.due_at,
                look_at = least(known.look_at, excluded.due_at), command_type = excluded.command_type,
                command = excluded.command, metadata = excluded.metadata, attempts = 0
            """;
    private static final String DELETE = "delete from scheduled_command where name = any (?)";
    // Names are looked for as an array, not joined: a join that was planned while the table was empty compares each row
    // with each, also after it has filled, until its statistics are taken anew.
    private static final String PUT_OFF = """
            update scheduled_command set look_at = due_at
            where name = any (array(select name from scheduled_command where look_at <= ? and due_at > ?
                                    for update skip locked))
            """;
    private static final String CLAIM = """
            update scheduled_command set due_at = ?, look_at = ?, attempts = attempts + 1
            where name = any (array(select name from scheduled_command where look_at <= ? and due_at <= ?
                                    order by look_at limit ? for update skip locked))
            returning name, due_at, command_type, command, metadata, attempts
            """;
    private static final String POSTPONE =
            "update scheduled_command set due_at = ?, look_at = ? where look_at < ? and due_at < ?";
    private static final String DONE = """
            with done as (select * from unnest(?::text[], ?::timestamptz[]) as done (name, due_at)),
                struck as (delete from scheduled_command where name = any (array(
                    select s.name from scheduled_command s
                    join done on s.name = done.name and s.due_at = done.due_at
                    for update of s skip locked))
                    returning name)
            select s.name from scheduled_command s
            join done on s.name = done.name and s.due_at = done.due_at
            where s.name not in (select name from struck)
            """;

    private static final Logger log = LoggerFactory.getLogger(JdbcCommandSchedule.class);

    private final JdbcTemplate jdbc;
    private final Serializer serializer;
    private final BatchedWork<Map<String, @Nullable Entry>> work = new Changing();

    JdbcCommandSchedule(JdbcTemplate jdbc, Serializer serializer) {
        this.jdbc = jdbc;
        this.serializer = serializer;
    }

    @Override
    public void schedule(String name, Instant due, Object command) {
        change(name, new Entry(due, GenericCommandMessage.asCommandMessage(command)));
    }

    @Override
    public void cancel(String name) {
        change(name, null);
    }

    private void change(String name, @Nullable Entry entry) {
        if (!CurrentUnitOfWork.isStarted()) {
            Map<String, @Nullable Entry> changes = new LinkedHashMap<>();
            changes.put(name, entry);
            write(changes);
            return;
        }
        work.current().put(name, entry);
    }

    private void write(Map<String, @Nullable Entry> changes) {
        String[] cancelled = changes.entrySet().stream()
                .filter(change -> change.getValue() == null)
                .map(Map.Entry::getKey)
                .toArray(String[]::new);
        if (cancelled.length > 0) {
            // As a whole parameter: as varargs, the names would be taken for parameters of their own.
            jdbc.update(DELETE, (Object) cancelled);
        }
        String[] names = changes.entrySet().stream()
                .filter(change -> change.getValue() != null)
                .map(Map.Entry::getKey)
                .toArray(String[]::new);
        if (names.length > 0) {
            List<Entry> entries = Stream.of(names)
                    .map(name -> Objects.requireNonNull(changes.get(name)))
                    .toList();
            jdbc.update(
                    WRITE,
                    names,
                    entries.stream().map(entry -> Timestamp.from(entry.due())).toArray(Timestamp[]::new),
                    entries.stream()
                            .map(entry -> entry.command().getPayloadType().getName())
                            .toArray(String[]::new),
                    entries.stream()
                            .map(entry -> json(entry.command().getPayload()))
                            .toArray(byte[][]::new),
                    entries.stream()
                            .map(entry -> json(entry.command().getMetaData()))
                            .toArray(byte[][]::new));
        }
    }

    /**
     * Makes everything due then that would be due earlier. What a running node has claimed is among it: that is struck
     * off no more when it is done, and sent once again.
     */
    void postpone(Instant until) {
        Timestamp then = Timestamp.from(until);
        jdbc.update(POSTPONE, then, then, then, then);
    }

    /**
     * Claims what is due, so that no other node sends it as well, until the given time: if it is not {@link #done} by
     * then, it is due again.
     */
    List<Due> claim(Instant now, Instant until, int most) {
        Timestamp from = Timestamp.from(now);
        Timestamp to = Timestamp.from(until);
        jdbc.update(PUT_OFF, from, from);
        return jdbc.query(CLAIM, (row, number) -> due(row), to, to, from, from, most).stream()
                .flatMap(Optional::stream)
                .toList();
    }

    /** Nothing where a command cannot be read: it must not hold up the others. */
    private Optional<Due> due(ResultSet row) throws SQLException {
        String name = row.getString("name");
        try {
            return Optional.of(new Due(
                    name,
                    row.getTimestamp("due_at").toInstant(),
                    new GenericCommandMessage<>(read(row.getBytes("command"), row.getString("command_type")), (MetaData)
                            read(row.getBytes("metadata"), MetaData.class.getName())),
                    row.getInt("attempts")));
        } catch (SerializationException e) {
            log.error("scheduled {} cannot be read, and is not sent", name, e);
            return Optional.empty();
        }
    }

    /**
     * Forgets what was claimed, unless something else was scheduled under its name meanwhile. Waits for no one: whoever
     * holds a row may be about to cancel it or to schedule it anew, and may be waiting for another of these.
     *
     * @return those that somebody held and that are to be forgotten later: another node that looks for what is due holds
     *     for a moment what was claimed while it looked
     */
    List<Due> done(List<Due> commands) {
        List<String> held = jdbc.queryForList(
                DONE,
                String.class,
                commands.stream().map(Due::name).toArray(String[]::new),
                commands.stream().map(due -> Timestamp.from(due.claimedUntil())).toArray(Timestamp[]::new));
        return held.isEmpty()
                ? List.of()
                : commands.stream().filter(due -> held.contains(due.name())).toList();
    }

    private byte[] json(Object value) {
        return serializer.serialize(value, byte[].class).getData();
    }

    private Object read(byte[] json, String type) {
        SerializedObject<byte[]> serialized =
                new SimpleSerializedObject<>(json, byte[].class, new SimpleSerializedType(type, null));
        Object value = serializer.deserialize(serialized);
        if (value instanceof UnknownSerializedType) {
            throw new SerializationException("no class to read a " + type);
        }
        return value;
    }

    private final class Changing extends BatchedWork<Map<String, @Nullable Entry>> {

        @Override
        protected Map<String, @Nullable Entry> nothing() {
            return new LinkedHashMap<>();
        }

        @Override
        protected void write(List<Map<String, @Nullable Entry>> parts) {
            Map<String, @Nullable Entry> all = new LinkedHashMap<>();
            parts.forEach(all::putAll);
            JdbcCommandSchedule.this.write(all);
        }
    }

    private record Entry(Instant due, CommandMessage<?> command) {}

    /**
     * A command that is due.
     *
     * @param name what it was scheduled under
     * @param claimedUntil when it is due again if it is not done
     * @param command the command
     * @param attempts how often it was claimed, this time included
     */
    record Due(String name, Instant claimedUntil, CommandMessage<?> command, int attempts) {}
}
