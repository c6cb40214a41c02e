package io.orderworkflow.platform.saga;

import java.util.Collection;
import java.util.function.Function;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/** Rows turned into the columns that a statement takes as arrays. */
final class Columns {

    private Columns() {}

    static <R> String[] texts(Collection<R> rows, Function<R, String> text) {
        return of(rows, text, String[]::new);
    }

    static <R, C> C[] of(Collection<R> rows, Function<R, @Nullable C> value, IntFunction<C[]> array) {
        return rows.stream().map(value).toArray(array);
    }
}
