package io.orderworkflow.platform.eventlog;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** The content of an event, as it was written. */
final class StoredJson {

    private static final JsonMapper MAPPER = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .build();

    private StoredJson() {}

    /** Reads it without knowing its class. What is no JSON object is told as text. */
    @SuppressWarnings("unchecked") // A JSON object is read as a map of text to values.
    static Map<String, Object> read(byte @Nullable [] json) {
        if (json == null) {
            return Map.of();
        }
        try {
            return MAPPER.readValue(json, Map.class);
        } catch (JacksonException e) {
            return Map.of("text", new String(json, UTF_8));
        }
    }

    static @Nullable String text(Map<String, Object> metaData, String key) {
        Object value = metaData.get(key);
        return value == null ? null : value.toString();
    }
}
