package io.orderworkflow.platform.messaging;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import org.axonframework.messaging.Message;
import org.axonframework.messaging.MessageDispatchInterceptor;

/**
 * Gives a message that nothing has caused, such as one of the program's own housekeeping, what all others have been
 * handed on. It is its own cause.
 */
final class CompleteMetaData<M extends Message<?>> implements MessageDispatchInterceptor<M> {

    private static final String NOBODY = "system";

    @Override
    @SuppressWarnings("unchecked") // A message with more metadata is one of the same kind.
    public BiFunction<Integer, M, M> handle(List<? extends M> messages) {
        return (index, message) -> {
            Map<String, String> missing = missing(message);
            return missing.isEmpty() ? message : (M) message.andMetaData(missing);
        };
    }

    private static Map<String, String> missing(Message<?> message) {
        Map<String, ?> given = message.getMetaData();
        if (given.containsKey(Correlation.CORRELATION_ID)
                && given.containsKey(Correlation.CAUSATION_ID)
                && given.containsKey(Correlation.USER_ID)
                && given.containsKey(Correlation.TRACE_ID)) {
            return Map.of();
        }
        Map<String, String> missing = new HashMap<>();
        String correlationId = given.containsKey(Correlation.CORRELATION_ID)
                ? String.valueOf(given.get(Correlation.CORRELATION_ID))
                : message.getIdentifier();
        missing.put(Correlation.CORRELATION_ID, correlationId);
        missing.put(Correlation.CAUSATION_ID, correlationId);
        missing.put(Correlation.USER_ID, NOBODY);
        missing.put(Correlation.TRACE_ID, Correlation.traceId(correlationId));
        missing.keySet().removeAll(given.keySet());
        return missing;
    }
}
