package io.orderworkflow.rest;

import io.micrometer.context.ContextSnapshot;
import io.micrometer.context.ContextSnapshotFactory;
import io.orderworkflow.platform.messaging.Correlation;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Map;
import org.axonframework.messaging.MetaData;
import org.jspecify.annotations.Nullable;
import org.slf4j.MDC;

/**
 * Where a request comes from: written on every command and query that it causes, and kept around the work for it, on
 * whichever thread that is done.
 *
 * @param correlationId by which all that it causes is found again
 * @param userId on whose behalf
 * @param surroundings what the thread that took the request knew of it, such as its trace
 * @param consistency what it has to see, and what it has written
 */
record Origin(String correlationId, String userId, ContextSnapshot surroundings, Consistency consistency) {

    static final String HEADER = "X-Correlation-ID";

    private static final String ATTRIBUTE = Origin.class.getName();
    private static final String SOURCE = "rest";
    private static final String NOBODY_IN_PARTICULAR = "anonymous";
    private static final ContextSnapshotFactory SURROUNDINGS =
            ContextSnapshotFactory.builder().build();

    static Origin anonymous(String correlationId) {
        return new Origin(correlationId, NOBODY_IN_PARTICULAR, SURROUNDINGS.captureAll(), Consistency.none());
    }

    static @Nullable Origin of(HttpServletRequest request) {
        return (Origin) request.getAttribute(ATTRIBUTE);
    }

    void keepIn(HttpServletRequest request) {
        request.setAttribute(ATTRIBUTE, this);
    }

    /** The same, as seen by this thread: more is known inside of the filters than before them. */
    Origin here(Consistency seen) {
        return new Origin(correlationId, userId, SURROUNDINGS.captureAll(), seen);
    }

    MetaData metaData() {
        return MetaData.from(Map.of(
                Correlation.CORRELATION_ID, correlationId,
                // Nothing but the request itself has caused what it asks for.
                Correlation.CAUSATION_ID, correlationId,
                Correlation.TRACE_ID, Correlation.traceId(correlationId),
                Correlation.USER_ID, userId,
                Correlation.SOURCE, SOURCE));
    }

    /** The task as work for this request: it is logged and traced as such. */
    Runnable around(Runnable task) {
        return surroundings.wrap(() -> {
            MDC.put(Correlation.CORRELATION_ID, correlationId);
            try {
                task.run();
            } finally {
                MDC.remove(Correlation.CORRELATION_ID);
            }
        });
    }
}
