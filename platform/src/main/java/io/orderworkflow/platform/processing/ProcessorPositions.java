package io.orderworkflow.platform.processing;

import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalLong;
import java.util.SortedSet;
import org.axonframework.common.DateTimeUtils;
import org.axonframework.eventhandling.GapAwareTrackingToken;
import org.axonframework.eventhandling.ReplayToken;
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
public final class ProcessorPositions {

    private static final String TOKENS = """
            select processor_name, segment, token, token_type, owner, timestamp from token_entry
            where processor_name <> '__config' and (?::text[] is null or processor_name = any (?))
            """;

    private static final String MISSED =
            "select min(global_index) as first, count(*) as number from domain_event_entry where global_index = any (?)";

    private static final Missed NONE = new Missed(OptionalLong.empty(), 0);

    private final JdbcTemplate jdbc;
    private final EventStore events;
    private final Serializer serializer;

    /** Creates the positions of what is stored there. */
    public ProcessorPositions(JdbcTemplate jdbc, EventStore events, Serializer serializer) {
        this.jdbc = jdbc;
        this.events = events;
        this.serializer = serializer;
    }

    /** The position of the last event of all; -1 if there is none. */
    public long head() {
        TrackingToken head = events.createHeadToken();
        return head == null ? -1 : head.position().orElse(-1);
    }

    /** The position up to which each of these processors has handled every event, in all of its segments. */
    public long passedByAll(String... processors) {
        return read(processors).stream().mapToLong(Position::passed).min().orElse(Long.MAX_VALUE);
    }

    /** Where the segments of these processors are, in order; none of a processor that never ran. */
    public List<Position> of(String... processors) {
        return ordered(read(processors));
    }

    /** Where the segments of all processors are, in order. */
    List<Position> all() {
        return ordered(read((String[]) null));
    }

    private static List<Position> ordered(List<Position> positions) {
        return positions.stream()
                .sorted(Comparator.comparing(Position::processor).thenComparing(Position::segment))
                .toList();
    }

    private List<Position> read(String @Nullable ... processors) {
        // Their gaps are looked at only when this is through: each query would hold two connections.
        List<Token> tokens = jdbc.query(
                TOKENS,
                (row, number) -> new Token(
                        row.getString("processor_name"),
                        row.getInt("segment"),
                        token(row.getBytes("token"), row.getString("token_type")),
                        row.getString("owner"),
                        DateTimeUtils.parseInstant(row.getString("timestamp"))),
                processors,
                processors);
        return tokens.stream().map(this::position).toList();
    }

    private @Nullable TrackingToken token(byte @Nullable [] token, @Nullable String type) {
        return token == null || type == null
                ? null
                : serializer.deserialize(
                        new SimpleSerializedObject<>(token, byte[].class, new SimpleSerializedType(type, null)));
    }

    private Position position(Token of) {
        TrackingToken token = of.token();
        TrackingToken passed = token == null ? null : WrappedToken.unwrapLowerBound(token);
        Missed missed = passed instanceof GapAwareTrackingToken gapAware ? missed(gapAware.getGaps()) : NONE;
        long index = passed instanceof GapAwareTrackingToken gapAware
                ? gapAware.getIndex()
                : passed == null ? -1 : passed.position().orElse(-1);
        return new Position(
                of.processor(),
                of.segment(),
                missed.first().isPresent() ? Math.min(index, missed.first().getAsLong() - 1) : index,
                index,
                missed.number(),
                token != null && ReplayToken.isReplay(token),
                of.owner(),
                of.touchedAt());
    }

    /** A gap is an event that was committed late, and is still to come; or a position that was never used. */
    private Missed missed(SortedSet<Long> gaps) {
        if (gaps.isEmpty()) {
            return NONE;
        }
        return jdbc.queryForObject(
                MISSED,
                (row, number) -> row.getLong("number") == 0
                        ? NONE
                        : new Missed(OptionalLong.of(row.getLong("first")), row.getLong("number")),
                (Object) gaps.toArray(Long[]::new));
    }

    private record Token(
            String processor,
            int segment,
            @Nullable TrackingToken token,
            @Nullable String owner,
            Instant touchedAt) {}

    private record Missed(OptionalLong first, long number) {}

    /**
     * Where a segment of a processor is.
     *
     * @param processor name of the processor
     * @param segment number of the segment
     * @param passed the position up to which it has handled every event; -1 for none
     * @param reached the last position that it has looked at
     * @param missed how many events up to there it has still to handle, because they were committed late
     * @param replaying whether it handles events again
     * @param owner the node that claims it, or did before it ended; {@code null} for none
     * @param touchedAt when the claim was made, given up, or shown to be alive
     */
    public record Position(
            String processor,
            int segment,
            long passed,
            long reached,
            long missed,
            boolean replaying,
            @Nullable String owner,
            Instant touchedAt) {}
}
