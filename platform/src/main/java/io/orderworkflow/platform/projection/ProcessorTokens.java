package io.orderworkflow.platform.projection;

import java.util.List;
import java.util.Objects;
import org.axonframework.eventhandling.TrackingToken;
import org.axonframework.eventhandling.WrappedToken;
import org.axonframework.serialization.Serializer;
import org.axonframework.serialization.SimpleSerializedObject;
import org.axonframework.serialization.SimpleSerializedType;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;

/** How far processors have come, on whichever node they run: read from the database, without claiming anything. */
final class ProcessorTokens {

    private static final String TOKENS = "select token, token_type from token_entry where processor_name = ?";

    private final JdbcTemplate jdbc;
    private final Serializer serializer;

    ProcessorTokens(JdbcTemplate jdbc, Serializer serializer) {
        this.jdbc = jdbc;
        this.serializer = serializer;
    }

    Tokens of(String processor) {
        return read(processor, TOKENS);
    }

    /** Until the transaction ends the processor cannot go on, nor can anybody claim a segment of it. */
    Tokens locked(String processor) {
        return read(processor, TOKENS + " for update");
    }

    private Tokens read(String processor, String sql) {
        return new Tokens(jdbc.query(
                sql, (row, number) -> new Token(token(row.getBytes("token"), row.getString("token_type"))), processor));
    }

    /** The token that was stored as this; null for null, which stands before the first event. */
    @Nullable
    TrackingToken token(byte @Nullable [] token, @Nullable String type) {
        return token == null || type == null
                ? null
                : serializer.deserialize(
                        new SimpleSerializedObject<>(token, byte[].class, new SimpleSerializedType(type, null)));
    }

    private record Token(@Nullable TrackingToken value) {}

    /**
     * The tokens of all segments of a processor.
     *
     * @param segments one each; empty before the first event
     */
    record Tokens(List<Token> segments) {

        /** What all segments have handled. */
        @Nullable
        TrackingToken handledByAll() {
            return segments.isEmpty() || segments.stream().anyMatch(token -> token.value() == null)
                    ? null
                    : segments.stream()
                            .map(token -> WrappedToken.unwrapLowerBound(Objects.requireNonNull(token.value())))
                            .reduce(TrackingToken::lowerBound)
                            .orElseThrow();
        }

        /** What any segment has handled. */
        @Nullable
        TrackingToken handledByAny() {
            return segments.stream()
                    .map(Token::value)
                    .filter(Objects::nonNull)
                    .map(WrappedToken::unwrapUpperBound)
                    .reduce(TrackingToken::upperBound)
                    .orElse(null);
        }

        /** Position up to which all events are handled; -1 if none is. */
        long position() {
            return positionOf(handledByAll());
        }

        /** Whether every event is handled that the other processor has handled. */
        boolean cover(Tokens other) {
            TrackingToken reached = handledByAll();
            TrackingToken wanted = other.handledByAny();
            return wanted == null || (reached != null && reached.covers(wanted));
        }

        static long positionOf(@Nullable TrackingToken token) {
            return token == null ? -1 : token.position().orElse(-1);
        }
    }
}
