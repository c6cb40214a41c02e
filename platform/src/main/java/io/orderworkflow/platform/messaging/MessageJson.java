package io.orderworkflow.platform.messaging;

import java.util.Map;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** What a message holds as it is written, for whoever shows it without knowing its class. */
public final class MessageJson {

    private static final JsonMapper MAPPER = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .build();

    private MessageJson() {}

    /**
     * Reads a JSON object. Its fractions keep their digits.
     *
     * @throws JacksonException if it is none
     */
    @SuppressWarnings("unchecked") // A JSON object is read as a map of text to values.
    public static Map<String, Object> asMap(byte[] json) {
        return MAPPER.readValue(json, Map.class);
    }
}
