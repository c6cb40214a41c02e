package io.orderworkflow.api.eventstore;

import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An event of the store.
 *
 * @param position where it stands among all events; {@code null} where the store does not tell, as Axon Server does not
 *     of what is read of one aggregate: each would have to be looked for among events of the same time
 * @param at when it happened
 * @param type its logical name, such as {@code OrderPlaced}
 * @param revision in which revision its content is written; {@code null} if it has none
 * @param aggregateType the logical name of the aggregate that decided it; {@code null} if none did
 * @param aggregateId that aggregate
 * @param sequence its number within the aggregate, from 0
 * @param correlationId the request at the beginning of it all
 * @param causationId the message that caused it
 * @param payload its content
 * @param metaData all that was written along with it
 */
public record StoredEvent(
        @Nullable Long position,
        Instant at,
        String type,
        @Nullable String revision,
        @Nullable String aggregateType,
        String aggregateId,
        long sequence,
        @Nullable String correlationId,
        @Nullable String causationId,
        Map<String, Object> payload,
        Map<String, Object> metaData) {}
