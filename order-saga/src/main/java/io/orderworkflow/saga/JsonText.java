package io.orderworkflow.saga;

import io.orderworkflow.api.OrderId;
import io.orderworkflow.api.Sku;
import io.orderworkflow.api.order.OrderStep;
import java.time.Instant;
import java.util.Collection;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.io.JsonStringEncoder;
import tools.jackson.databind.json.JsonMapper;

/**
 * JSON as Jackson writes it, put together piece by piece. What steps consist of is mostly a few plain values, for which
 * Jackson takes far longer to get ready than to write them; all others are left to it.
 */
final class JsonText {

    private static final JsonMapper JACKSON = JsonMapper.builder().build();
    private static final JsonStringEncoder ESCAPING = JsonStringEncoder.getInstance();

    private final StringBuilder text = new StringBuilder();

    /** Begins an object or an array. */
    JsonText open(char bracket) {
        separate();
        text.append(bracket);
        return this;
    }

    /** Ends an object or an array. */
    JsonText close(char bracket) {
        text.append(bracket);
        return this;
    }

    /** Names the value that comes next. */
    JsonText name(String name) {
        value(name);
        text.append(':');
        return this;
    }

    /** A value: of an object, behind its name, or of an array. */
    JsonText value(@Nullable Object value) {
        if (value instanceof Collection<?> elements) {
            open('[');
            elements.forEach(this::value);
            return close(']');
        }
        separate();
        if (value == null || value instanceof Boolean || value instanceof Integer || value instanceof Long) {
            text.append(value);
        } else if (isText(value)) {
            text.append('"');
            ESCAPING.quoteAsString(value.toString(), text);
            text.append('"');
        } else {
            text.append(JACKSON.writeValueAsString(value));
        }
        return this;
    }

    private static boolean isText(Object value) {
        return value instanceof String
                || value instanceof Instant
                || value instanceof OrderStep
                || value instanceof OrderId
                || value instanceof Sku
                || value instanceof UUID;
    }

    private void separate() {
        if (!text.isEmpty() && "[{:".indexOf(text.charAt(text.length() - 1)) < 0) {
            text.append(',');
        }
    }

    @Override
    public String toString() {
        return text.toString();
    }
}
