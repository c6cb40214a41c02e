package io.orderworkflow.platform.messaging;

import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanContext;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.axonframework.messaging.Message;
import org.axonframework.messaging.correlation.CorrelationDataProvider;
import org.jspecify.annotations.Nullable;

/**
 * What the metadata of every message says about where it comes from. All values are text: other types do not survive
 * the way through JSON.
 */
public final class Correlation implements CorrelationDataProvider {

    /** The request at the beginning of it all. */
    public static final String CORRELATION_ID = "correlationId";
    /** The message that directly caused this one. */
    public static final String CAUSATION_ID = "causationId";
    /** On whose behalf. */
    public static final String USER_ID = "userId";
    /** Through which door the request came in. */
    public static final String SOURCE = "source";
    /** The trace that all of it belongs to: 32 hexadecimal digits, as W3C's Trace Context has them. */
    public static final String TRACE_ID = "traceId";

    /** Where in a trace that is recorded a message was sent: the name is W3C's. */
    private static final String TRACE_PARENT = "traceparent";

    private static final List<String> COPIED = List.of(USER_ID, SOURCE, TRACE_PARENT);

    private static final ThreadLocal<@Nullable Last> LAST = new ThreadLocal<>();

    /**
     * What every message of a handler, its answer included, is handed on; the same as long as the thread is at the same
     * message.
     */
    @Override
    public Map<String, ?> correlationDataFor(Message<?> message) {
        Last latest = LAST.get();
        if (latest == null || latest.message != message) {
            latest = new Last(message, Map.copyOf(dataFor(message)));
            LAST.set(latest);
        }
        return latest.data;
    }

    private static Map<String, Object> dataFor(Message<?> message) {
        Map<String, Object> data = new HashMap<>();
        String correlationId =
                String.valueOf(message.getMetaData().getOrDefault(CORRELATION_ID, message.getIdentifier()));
        data.put(CORRELATION_ID, correlationId);
        data.put(CAUSATION_ID, message.getIdentifier());
        Object traceId = message.getMetaData().get(TRACE_ID);
        data.put(TRACE_ID, traceId != null ? traceId : traceId(correlationId));
        for (String key : COPIED) {
            Object value = message.getMetaData().get(key);
            if (value != null) {
                data.put(key, value);
            }
        }
        return data;
    }

    /**
     * The trace that is being recorded. Where none is, one made of the correlation id: so there always is one to search
     * for.
     */
    public static String traceId(String correlationId) {
        SpanContext recorded = Span.current().getSpanContext();
        return recorded.isValid()
                ? recorded.getTraceId()
                : UUID.nameUUIDFromBytes(correlationId.getBytes(StandardCharsets.UTF_8))
                        .toString()
                        .replace("-", "");
    }

    private record Last(Message<?> message, Map<String, Object> data) {}
}
