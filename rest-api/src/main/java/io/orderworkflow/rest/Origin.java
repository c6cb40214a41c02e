package io.orderworkflow.rest;

import io.orderworkflow.platform.messaging.Correlation;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Map;
import org.axonframework.messaging.MetaData;
import org.jspecify.annotations.Nullable;

/**
 * Where a request comes from: written on every command and query that it causes.
 *
 * @param correlationId by which all that it causes is found again
 * @param userId on whose behalf
 */
record Origin(String correlationId, String userId) {

    static final String HEADER = "X-Correlation-ID";

    private static final String ATTRIBUTE = Origin.class.getName();
    private static final String SOURCE = "rest";
    private static final String NOBODY_IN_PARTICULAR = "anonymous";

    static Origin anonymous(String correlationId) {
        return new Origin(correlationId, NOBODY_IN_PARTICULAR);
    }

    static @Nullable Origin of(HttpServletRequest request) {
        return (Origin) request.getAttribute(ATTRIBUTE);
    }

    void keepIn(HttpServletRequest request) {
        request.setAttribute(ATTRIBUTE, this);
    }

    MetaData metaData() {
        return MetaData.from(Map.of(
                Correlation.CORRELATION_ID, correlationId,
                Correlation.USER_ID, userId,
                Correlation.SOURCE, SOURCE));
    }
}
