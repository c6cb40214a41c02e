package io.orderworkflow.query;

import com.fasterxml.jackson.annotation.JsonInclude.Include;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/** Values that are read only as a whole, kept as JSON in a column. */
final class Json {

    private static final JsonMapper MAPPER = JsonMapper.builder()
            .changeDefaultPropertyInclusion(inclusion -> inclusion.withValueInclusion(Include.NON_NULL))
            .build();

    private Json() {}

    static String write(Object value) {
        return MAPPER.writeValueAsString(value);
    }

    static <T> T read(String json, Class<T> type) {
        return MAPPER.readValue(json, type);
    }

    static <T> @Nullable T readIfAny(@Nullable String json, Class<T> type) {
        return json == null ? null : read(json, type);
    }

    /** Reads values that were written one by one, with commas between them: so more can be appended to them. */
    static <T> List<T> readAppended(@Nullable String values, Class<T> type) {
        return readList(values == null ? null : "[" + values + "]", type);
    }

    static <T> List<T> readList(@Nullable String json, Class<T> type) {
        return json == null
                ? List.of()
                : MAPPER.readValue(json, MAPPER.getTypeFactory().constructCollectionType(List.class, type));
    }
}
