package io.orderworkflow.platform.processing;

import io.orderworkflow.platform.messaging.Correlation;
import org.axonframework.messaging.MetaData;

/**
 * Who decides about a processor, or about what it could not handle.
 *
 * @param userId who that is
 * @param correlationId the request by which the decision came
 */
public record Operator(String userId, String correlationId) {

    /** Whoever sent the message with this metadata. */
    public static Operator of(MetaData metaData) {
        return new Operator(
                String.valueOf(metaData.get(Correlation.USER_ID)),
                String.valueOf(metaData.get(Correlation.CORRELATION_ID)));
    }
}
