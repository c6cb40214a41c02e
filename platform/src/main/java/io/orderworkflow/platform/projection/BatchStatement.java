package io.orderworkflow.platform.projection;

import java.sql.PreparedStatement;
import java.util.Collection;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcOperations;

/**
 * An SQL statement that takes any number of rows at once: each of its parameters is an array, with one element a row,
 * for {@code unnest}.
 *
 * <p>Best an {@code insert … on conflict … do update}: it always finds its rows by the index. The plan of an {@code
 * update … from} may have been made, and kept, when the table was still empty: then it reads all of it.
 *
 * @param <R> what a row is made of
 */
public final class BatchStatement<R> {

    private final String sql;
    private final List<Column<R>> columns;

    /**
     * Creates a statement, whose parameters {@link #with} has to tell.
     *
     * @param sql with <code>{schema}</code> before the names of tables, as generations have them
     */
    public BatchStatement(String sql) {
        this(sql, List.of());
    }

    private BatchStatement(String sql, List<Column<R>> columns) {
        this.sql = sql;
        this.columns = columns;
    }

    /**
     * The same statement with its next parameter told: an array of that SQL type, with that value of each row. Values are
     * passed as text.
     */
    public BatchStatement<R> with(String type, Function<? super R, ? extends @Nullable Object> value) {
        return new BatchStatement<>(
                sql,
                Stream.concat(columns.stream(), Stream.of(new Column<R>(type, value)))
                        .toList());
    }

    /** Executes the statement on the tables of that generation, unless there are no rows. */
    public void execute(Generation generation, JdbcOperations jdbc, Collection<? extends R> rows) {
        if (rows.isEmpty() || !generation.writes()) {
            return;
        }
        jdbc.update(connection -> {
            PreparedStatement statement = connection.prepareStatement(generation.sql(sql));
            int parameter = 1;
            for (Column<R> column : columns) {
                statement.setArray(parameter++, connection.createArrayOf(column.type, column.of(rows)));
            }
            return statement;
        });
    }

    private record Column<R>(String type, Function<? super R, ? extends @Nullable Object> value) {

        @Nullable
        String[] of(Collection<? extends R> rows) {
            @Nullable String[] values = new @Nullable String[rows.size()];
            int index = 0;
            for (R row : rows) {
                Object element = value.apply(row);
                values[index++] = element == null ? null : element.toString();
            }
            return values;
        }
    }
}
