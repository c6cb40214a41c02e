package io.orderworkflow.platform.eventlog;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.orderworkflow.platform.messaging.MessageJson;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;

/** The content of an event, as it was written. */
final class StoredJson {

    private StoredJson() {}

    /** Reads it without knowing its class. What is no JSON object is told as text. */
    static Map<String, Object> read(byte @Nullable [] json) {
        if (json == null) {
            return Map.of();
        }
        try {
            return MessageJson.asMap(json);
        } catch (JacksonException e) {
            return Map.of("text", new String(json, UTF_8));
        }
    }

    static @Nullable String text(Map<String, Object> metaData, String key) {
        Object value = metaData.get(key);
        return value == null ? null : value.toString();
    }
}
