package io.orderworkflow.platform.messaging;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.axonframework.messaging.Message;
import org.axonframework.messaging.correlation.CorrelationDataProvider;

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

    private static final List<String> COPIED = List.of(USER_ID, SOURCE);

    @Override
    public Map<String, ?> correlationDataFor(Message<?> message) {
        Map<String, Object> data = new HashMap<>();
        data.put(CORRELATION_ID, message.getMetaData().getOrDefault(CORRELATION_ID, message.getIdentifier()));
        data.put(CAUSATION_ID, message.getIdentifier());
        for (String key : COPIED) {
            Object value = message.getMetaData().get(key);
            if (value != null) {
                data.put(key, value);
            }
        }
        return data;
    }
}
