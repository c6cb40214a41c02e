package io.orderworkflow.saga;

import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
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

    private final List<Field> fields;

    StateFields(Class<?> sagaType) {
        fields = Arrays.stream(sagaType.getDeclaredFields())
                .filter(field ->
                        !Modifier.isStatic(field.getModifiers()) && !Modifier.isTransient(field.getModifiers()))
                .toList();
        fields.forEach(field -> field.setAccessible(true));
    }

    /** What the saga remembers at this moment, independent of what becomes of it. */
    @Nullable
    Object[] of(Object saga) {
        return fields.stream().map(field -> frozen(valueOf(field, saga))).toArray();
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
            return new ArrayList<>(elements);
        }
        if (value instanceof Map<?, ?> map) {
            return new TreeMap<>(map);
        }
        return value;
    }

    /** Of the fields that changed, what they were and what they are. */
    Map<String, List<@Nullable Object>> changes(@Nullable Object[] before, @Nullable Object[] after) {
        Map<String, List<@Nullable Object>> changes = new LinkedHashMap<>();
        for (int i = 0; i < before.length; i++) {
            if (!Objects.equals(before[i], after[i])) {
                changes.put(fields.get(i).getName(), Arrays.asList(before[i], after[i]));
            }
        }
        return changes;
    }
}
