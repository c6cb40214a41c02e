package io.orderworkflow.query.audit;

import java.util.List;
import java.util.SortedSet;
import org.axonframework.eventhandling.GapAwareTrackingToken;
import org.axonframework.eventhandling.TrackingToken;
import org.axonframework.eventhandling.WrappedToken;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.axonframework.serialization.Serializer;
import org.axonframework.serialization.SimpleSerializedObject;
import org.axonframework.serialization.SimpleSerializedType;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * How far events and their processors have come. Read from the tokens in the database, which are written together with
 * what the processors write, and are those of all processes.
 */
final class ProcessorPositions {

    /** Those whose work the auditor compares. */
    private static final String TOKENS = """
            select token, token_type from token_entry
            where processor_name in ('order-view', 'inventory-view', 'order-processing')
            """;

    private static final String FIRST_MISSED =
            "select min(global_index) from domain_event_entry where global_index = any (?)";

    private final JdbcTemplate jdbc;
    private final EventStore events;
    private final Serializer serializer;

    ProcessorPositions(JdbcTemplate jdbc, EventStore events, Serializer serializer) {
        this.jdbc = jdbc;
        this.events = events;
        this.serializer = serializer;
    }

    /** The position of the last event of all; -1 if there is none. */
    long head() {
        TrackingToken head = events.createHeadToken();
        return head == null ? -1 : head.position().orElse(-1);
    }

    /** The position up to which every processor has handled every event. */
    long passedByAll() {
        List<Long> passed =
                jdbc.query(TOKENS, (row, number) -> passed(row.getBytes("token"), row.getString("token_type")));
        return passed.stream().mapToLong(Long::longValue).min().orElse(Long.MAX_VALUE);
    }

    private long passed(byte @Nullable [] token, @Nullable String type) {
        if (token == null || type == null) {
            return -1;
        }
        TrackingToken read = serializer.deserialize(
                new SimpleSerializedObject<>(token, byte[].class, new SimpleSerializedType(type, null)));
        TrackingToken passed = WrappedToken.unwrapLowerBound(read);
        if (passed instanceof GapAwareTrackingToken gapAware) {
            return Math.min(gapAware.getIndex(), beforeFirstMissed(gapAware.getGaps()));
        }
        return passed == null ? -1 : passed.position().orElse(-1);
    }

    /** A gap is an event that was committed late, and is still to come; or a position that was never used. */
    private long beforeFirstMissed(SortedSet<Long> gaps) {
        if (gaps.isEmpty()) {
            return Long.MAX_VALUE;
        }
        Long first = jdbc.queryForObject(FIRST_MISSED, Long.class, (Object) gaps.toArray(Long[]::new));
        return first == null ? Long.MAX_VALUE : first - 1;
    }
}
