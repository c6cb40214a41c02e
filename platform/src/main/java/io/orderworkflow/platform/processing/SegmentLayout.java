package io.orderworkflow.platform.processing;

import io.orderworkflow.api.Refusal;
import io.orderworkflow.platform.CommandRefusedException;
import java.time.Instant;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.ToIntFunction;
import org.axonframework.common.DateTimeUtils;
import org.axonframework.eventhandling.MergedTrackingToken;
import org.axonframework.eventhandling.Segment;
import org.axonframework.eventhandling.TrackerStatus;
import org.axonframework.eventhandling.TrackingToken;
import org.axonframework.serialization.SerializedObject;
import org.axonframework.serialization.Serializer;
import org.axonframework.serialization.SimpleSerializedObject;
import org.axonframework.serialization.SimpleSerializedType;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * Splits and merges segments where they are written down, whichever node works on them, or none.
 *
 * <p>A processor could split the segments that it works on itself, but only those, and only while it runs. The tokens
 * tell all that there is to a segment. Their rows are locked until every batch under way has ended, changed at once, and
 * given back unclaimed: whoever worked on them finds its claim lost, drops what it has begun, and claims what is there.
 */
final class SegmentLayout {

    private static final int MOST_SEGMENTS = 64;

    private static final String LOCK =
            "select segment, token, token_type from token_entry where processor_name = ? order by segment for update";
    private static final String UPDATE = """
            update token_entry set token = ?, token_type = ?, timestamp = ?, owner = null
            where processor_name = ? and segment = ?
            """;
    private static final String INSERT = """
            insert into token_entry (token, token_type, timestamp, processor_name, segment) values (?, ?, ?, ?, ?)
            """;
    private static final String DELETE = "delete from token_entry where processor_name = ? and segment = ?";

    private final JdbcTemplate jdbc;
    private final Serializer serializer;

    SegmentLayout(JdbcTemplate jdbc, Serializer serializer) {
        this.jdbc = jdbc;
        this.serializer = serializer;
    }

    /** Splits a segment, the largest if none is named, and returns its number. Within a transaction. */
    int split(String processor, @Nullable Integer number, Instant now) {
        Map<Integer, @Nullable TrackingToken> tokens = lock(processor);
        Segment segment = chosen(processor, number, tokens, Segment::getMask);
        if (tokens.size() >= MOST_SEGMENTS) {
            throw notChangeable("%s has %d segments, and cannot have more.".formatted(processor, tokens.size()));
        }
        TrackerStatus[] parts = TrackerStatus.split(segment, tokens.get(segment.getSegmentId()));
        write(UPDATE, parts[0].getInternalTrackingToken(), processor, parts[0].getSegment(), now);
        write(INSERT, parts[1].getInternalTrackingToken(), processor, parts[1].getSegment(), now);
        return segment.getSegmentId();
    }

    /** Merges a segment, one of the smallest if none is named, and returns its number. Within a transaction. */
    int merge(String processor, @Nullable Integer number, Instant now) {
        Map<Integer, @Nullable TrackingToken> tokens = lock(processor);
        Segment segment = chosen(processor, number, tokens, candidate -> -candidate.getMask());
        if (tokens.size() == 1) {
            throw notChangeable("Segment %d is the only one of %s.".formatted(segment.getSegmentId(), processor));
        }
        Segment other = Segment.computeSegment(segment.mergeableSegmentId(), ids(tokens));
        if (!segment.isMergeableWith(other)) {
            throw notChangeable("Segment %d of %s can be merged only with %d, and one of both has been split further."
                    .formatted(segment.getSegmentId(), processor, other.getSegmentId()));
        }
        Segment lower = segment.getSegmentId() < other.getSegmentId() ? segment : other;
        Segment upper = lower.equals(segment) ? other : segment;
        TrackingToken merged =
                MergedTrackingToken.merged(tokens.get(lower.getSegmentId()), tokens.get(upper.getSegmentId()));
        jdbc.update(DELETE, processor, upper.getSegmentId());
        write(UPDATE, merged, processor, lower, now);
        return segment.getSegmentId();
    }

    private Map<Integer, @Nullable TrackingToken> lock(String processor) {
        Map<Integer, @Nullable TrackingToken> tokens = new LinkedHashMap<>();
        jdbc.query(
                LOCK,
                row -> {
                    tokens.put(row.getInt(1), token(row.getBytes(2), row.getString(3)));
                },
                processor);
        if (tokens.isEmpty()) {
            throw notChangeable(processor + " has no segments yet: it was never started.");
        }
        return tokens;
    }

    private static Segment chosen(
            String processor,
            @Nullable Integer number,
            Map<Integer, @Nullable TrackingToken> tokens,
            ToIntFunction<Segment> first) {
        if (number == null) {
            return tokens.keySet().stream()
                    .map(id -> Segment.computeSegment(id, ids(tokens)))
                    .min(Comparator.comparingInt(first).thenComparing(Segment::getSegmentId))
                    .orElseThrow();
        }
        if (!tokens.containsKey(number)) {
            throw new CommandRefusedException(
                    Refusal.Code.UNKNOWN_SEGMENT,
                    "segment must be one of %s: %s has no segment %d.".formatted(tokens.keySet(), processor, number));
        }
        return Segment.computeSegment(number, ids(tokens));
    }

    private static int[] ids(Map<Integer, @Nullable TrackingToken> tokens) {
        return tokens.keySet().stream().mapToInt(Integer::intValue).toArray();
    }

    private @Nullable TrackingToken token(byte @Nullable [] token, @Nullable String type) {
        return token == null || type == null
                ? null
                : serializer.deserialize(
                        new SimpleSerializedObject<>(token, byte[].class, new SimpleSerializedType(type, null)));
    }

    private void write(String sql, @Nullable TrackingToken token, String processor, Segment segment, Instant now) {
        SerializedObject<byte[]> written = token == null ? null : serializer.serialize(token, byte[].class);
        jdbc.update(
                sql,
                written == null ? null : written.getData(),
                written == null ? null : written.getType().getName(),
                DateTimeUtils.formatInstant(now),
                processor,
                segment.getSegmentId());
    }

    private static CommandRefusedException notChangeable(String message) {
        return new CommandRefusedException(Refusal.Code.SEGMENTS_NOT_CHANGEABLE, message);
    }
}
