package io.orderworkflow.platform.saga;

import java.sql.Timestamp;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.IntFunction;
import org.axonframework.modelling.saga.AssociationValue;
import org.axonframework.serialization.SerializedObject;
import org.axonframework.serialization.Serializer;
import org.axonframework.serialization.SimpleSerializedObject;
import org.axonframework.serialization.SimpleSerializedType;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * The rows in which sagas of one type are kept, one a saga, found by its association.
 *
 * @param <T> the type of the sagas
 */
public final class SagaRows<T> {

    private static final String FIND = """
            select saga_id, association, state from saga_entry where saga_type = ? and association = any (?)
            """;
    private static final String WRITE = """
            insert into saga_entry (saga_type, association, saga_id, state,
                subject, step, awaited, since, until, attempts, for_person, reason)
            select ?, * from unnest(?::text[], ?::text[], ?::bytea[],
                ?::text[], ?::text[], ?::text[], ?::timestamptz[], ?::timestamptz[], ?::int[], ?::boolean[], ?::text[])
            on conflict (saga_type, association) do update set state = excluded.state, subject = excluded.subject,
                step = excluded.step, awaited = excluded.awaited, since = excluded.since, until = excluded.until,
                attempts = excluded.attempts, for_person = excluded.for_person, reason = excluded.reason
            """;
    private static final String DELETE = "delete from saga_entry where saga_type = ? and association = any (?)";

    private final Class<T> type;
    private final String associationKey;
    private final JdbcTemplate jdbc;
    private final Serializer serializer;
    private final KnownStates<T> known = new KnownStates<>();

    /**
     * Creates the rows of one type of saga.
     *
     * @param associationKey the property of the events that sagas of this type are associated by
     */
    public SagaRows(Class<T> type, String associationKey, JdbcTemplate jdbc, Serializer serializer) {
        this.type = type;
        this.associationKey = associationKey;
        this.jdbc = jdbc;
        this.serializer = serializer;
    }

    List<StoredRow> find(Collection<AssociationValue> associations) {
        if (associations.isEmpty()) {
            return List.of();
        }
        return jdbc.query(
                FIND,
                (row, number) -> new StoredRow(
                        row.getString(1), new AssociationValue(associationKey, row.getString(2)), row.getBytes(3)),
                type.getSimpleName(),
                values(associations));
    }

    void write(List<Row<T>> sagas) {
        if (!sagas.isEmpty()) {
            List<Optional<Wait>> waits = sagas.stream().map(SagaRows::waits).toList();
            jdbc.update(
                    WRITE,
                    type.getSimpleName(),
                    sagas.stream().map(row -> row.association().getValue()).toArray(String[]::new),
                    sagas.stream().map(Row::sagaId).toArray(String[]::new),
                    sagas.stream().map(this::write).toArray(byte[][]::new),
                    column(waits, Wait::subject, String[]::new),
                    column(waits, Wait::step, String[]::new),
                    column(waits, Wait::awaited, String[]::new),
                    column(waits, wait -> timestamp(wait.since()), Timestamp[]::new),
                    column(waits, wait -> timestamp(wait.until()), Timestamp[]::new),
                    column(waits, Wait::attempts, Integer[]::new),
                    column(waits, Wait::forPerson, Boolean[]::new),
                    column(waits, Wait::reason, String[]::new));
        }
    }

    private static Optional<Wait> waits(Row<?> row) {
        return row.saga() instanceof Waiting waiting ? Optional.of(waiting.waits()) : Optional.empty();
    }

    private static <C> C[] column(
            List<Optional<Wait>> waits, Function<Wait, @Nullable C> value, IntFunction<C[]> array) {
        return waits.stream().map(wait -> wait.map(value).orElse(null)).toArray(array);
    }

    private static @Nullable Timestamp timestamp(@Nullable Instant instant) {
        return instant == null ? null : Timestamp.from(instant);
    }

    void delete(List<AssociationValue> associations) {
        if (!associations.isEmpty()) {
            jdbc.update(DELETE, type.getSimpleName(), values(associations));
        }
    }

    private static String[] values(Collection<AssociationValue> associations) {
        return associations.stream().map(AssociationValue::getValue).toArray(String[]::new);
    }

    /** Reads the state of a saga. Apart from finding it: one that cannot be read keeps nobody from reading others. */
    T read(StoredRow row) {
        return known.take(row.sagaId(), row.state()).orElseGet(() -> deserialize(row));
    }

    private T deserialize(StoredRow row) {
        SerializedObject<byte[]> serialized =
                new SimpleSerializedObject<>(row.state(), byte[].class, new SimpleSerializedType(type.getName(), null));
        return type.cast(serializer.deserialize(serialized));
    }

    private byte[] write(Row<T> row) {
        byte[] state = serializer.serialize(row.saga(), byte[].class).getData();
        known.put(row.sagaId(), state, row.saga());
        return state;
    }

    /**
     * One saga as it was found.
     *
     * @param sagaId Axon's identifier of the saga
     * @param association what it is found by
     * @param state its serialised state
     */
    @SuppressWarnings("ArrayRecordComponent") // Never compared.
    record StoredRow(String sagaId, AssociationValue association, byte[] state) {}

    /**
     * One saga as it is kept.
     *
     * @param sagaId Axon's identifier of the saga
     * @param association what it is found by
     * @param saga its state
     */
    record Row<T>(String sagaId, AssociationValue association, T saga) {}
}
