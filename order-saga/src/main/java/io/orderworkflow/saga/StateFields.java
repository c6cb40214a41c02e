package io.orderworkflow.saga;

import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The fields that a saga's state consists of. They are compared one by one, as serialising the state before and after
 * every event would cost more than handling it.
 */
final class StateFields {

    /** No changes. */
    static final String NONE = "{}";

    private final Field[] fields;

    StateFields(Class<?> sagaType) {
        fields = Arrays.stream(sagaType.getDeclaredFields())
                .filter(field ->
                        !Modifier.isStatic(field.getModifiers()) && !Modifier.isTransient(field.getModifiers()))
                .toArray(Field[]::new);
        Arrays.stream(fields).forEach(field -> field.setAccessible(true));
    }

    /** What the saga remembers at this moment, independent of what becomes of it. */
    @Nullable
    Object[] of(Object saga) {
        @Nullable Object[] values = new @Nullable Object[fields.length];
        for (int i = 0; i < values.length; i++) {
            values[i] = frozen(valueOf(fields[i], saga));
        }
        return values;
    }

    private static @Nullable Object valueOf(Field field, Object saga) {
        try {
            return field.get(saga);
        } catch (IllegalAccessException e) {
            throw new IllegalStateException(e);
        }
    }

    private static @Nullable Object frozen(@Nullable Object value) {
        if (value instanceof Collection<?> elements) {
            return elements.isEmpty() ? List.of() : new ArrayList<>(elements);
        }
        if (value instanceof Map<?, ?> map) {
            return map.isEmpty() ? Map.of() : new TreeMap<>(map);
        }
        return value;
    }

    /** Of the fields that changed since then, what they were and what they are, as JSON. */
    String changes(@Nullable Object[] before, Object saga) {
        JsonText changes = null;
        for (int i = 0; i < before.length; i++) {
            Object now = valueOf(fields[i], saga);
            if (!isSame(before[i], now)) {
                changes = changes == null ? new JsonText().open('{') : changes;
                changes.name(fields[i].getName())
                        .open('[')
                        .value(before[i])
                        .value(now)
                        .close(']');
            }
        }
        return changes == null ? NONE : changes.close('}').toString();
    }

    /** Sets are remembered as lists. */
    private static boolean isSame(@Nullable Object before, @Nullable Object now) {
        return (before instanceof List<?> list && now instanceof Collection<?> elements)
                ? isSame(list, elements)
                : Objects.equals(before, now);
    }

    private static boolean isSame(List<?> before, Collection<?> now) {
        if (before.size() != now.size()) {
            return false;
        }
        Iterator<?> elements = now.iterator();
        for (Object element : before) {
            if (!Objects.equals(element, elements.next())) {
                return false;
            }
        }
        return true;
    }
}
