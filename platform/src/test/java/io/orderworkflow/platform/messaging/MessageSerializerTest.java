package io.orderworkflow.platform.messaging;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.orderworkflow.api.MessageFamilies;
import io.orderworkflow.api.SampleRecords;
import io.orderworkflow.api.order.OrderPlaced;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.axonframework.eventhandling.GapAwareTrackingToken;
import org.axonframework.eventhandling.GlobalSequenceTrackingToken;
import org.axonframework.eventhandling.MergedTrackingToken;
import org.axonframework.eventhandling.ReplayToken;
import org.axonframework.eventhandling.TrackingToken;
import org.axonframework.eventhandling.tokenstore.ConfigToken;
import org.axonframework.messaging.MetaData;
import org.axonframework.serialization.Revision;
import org.axonframework.serialization.SerializationException;
import org.axonframework.serialization.SerializedObject;
import org.axonframework.serialization.SerializedType;
import org.axonframework.serialization.SimpleSerializedObject;
import org.axonframework.serialization.SimpleSerializedType;
import org.axonframework.serialization.UnknownSerializedType;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class MessageSerializerTest {

    private static final TrackingToken WITH_GAPS = GapAwareTrackingToken.newInstance(17, Set.of(11L, 14L));
    private static final TrackingToken AHEAD = GapAwareTrackingToken.newInstance(40, Set.of());

    private final MessageSerializer serializer = new MessageSerializer();

    static List<Class<? extends Record>> records() {
        return SampleRecords.types();
    }

    @ParameterizedTest
    @MethodSource("records")
    void bringsBackEveryRecordOfThePublishedLanguage(Class<? extends Record> type) {
        Record complete = SampleRecords.complete(type);

        assertThat(json(complete).equals("{}")).isEqualTo(type.getRecordComponents().length == 0);
        assertThat(roundTrip(complete)).isEqualTo(complete);
    }

    @ParameterizedTest
    @MethodSource("records")
    void bringsBackEveryRecordWithoutWhatMayBeMissing(Class<? extends Record> type) {
        Record sparse = SampleRecords.sparse(type);

        assertThat(roundTrip(sparse)).isEqualTo(sparse);
    }

    @Test
    void findsTheRecordsOfAllFamilies() {
        assertThat(records())
                .containsAll(MessageFamilies.events()
                        .<Class<? extends Record>>map(type -> type.asSubclass(Record.class))
                        .toList());
    }

    static Stream<TrackingToken> tokens() {
        return Stream.of(
                WITH_GAPS,
                new GlobalSequenceTrackingToken(7),
                ReplayToken.createReplayToken(AHEAD),
                ReplayToken.createReplayToken(AHEAD, WITH_GAPS),
                ReplayToken.createReplayToken(AHEAD, WITH_GAPS, "rebuild after a fix"),
                MergedTrackingToken.merged(WITH_GAPS, AHEAD),
                MergedTrackingToken.merged(ReplayToken.createReplayToken(AHEAD, WITH_GAPS), AHEAD),
                MergedTrackingToken.merged(ReplayToken.createReplayToken(AHEAD, WITH_GAPS, "rebuild"), AHEAD),
                new ConfigToken(Map.of("id", "a-store")));
    }

    @ParameterizedTest
    @MethodSource("tokens")
    void bringsBackEveryTokenOfAProcessor(TrackingToken token) {
        assertThat(json(token)).isNotEqualTo("{}");
        assertThat(roundTrip(token)).isEqualTo(token);
    }

    @Test
    void bringsBackTheContextOfAReplay() {
        ReplayToken token = (ReplayToken) ReplayToken.createReplayToken(AHEAD, WITH_GAPS, "rebuild after a fix");

        assertThat(ReplayToken.replayContext((TrackingToken) roundTrip(token), String.class))
                .contains("rebuild after a fix");
    }

    @Test
    void bringsBackMetadataOfText() {
        MetaData metaData = MetaData.with("correlationId", "c-1").and("userId", "ada");

        assertThat(roundTrip(metaData)).isEqualTo(metaData);
    }

    @ParameterizedTest
    @MethodSource("io.orderworkflow.api.MessageFamilies#events")
    void storesEventsUnderTheirLogicalNames(Class<?> event) {
        SerializedType type = serializer.typeForClass(event);

        assertThat(type.getName()).isEqualTo(event.getSimpleName()).doesNotContain(".");
        assertThat(type.getRevision())
                .isEqualTo(event.getAnnotation(Revision.class).value());
        assertThat(serializer.classForType(type)).isEqualTo(event);
    }

    @Test
    void readsAnEventStoredUnderItsClassName() {
        assertThat(serializer.classForType(new SimpleSerializedType(OrderPlaced.class.getName(), "1")))
                .isEqualTo(OrderPlaced.class);
    }

    @ParameterizedTest
    @MethodSource("io.orderworkflow.api.MessageFamilies#commands")
    void namesCommandsByTheirClassSinceTheyAreNotKept(Class<?> command) {
        assertThat(serializer.typeForClass(command).getName()).isEqualTo(command.getName());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "java.lang.Thread",
                "java.lang.Object",
                "java.lang.ProcessBuilder",
                "[Ljava.lang.Thread;",
                "java.util.HashMap",
                "javax.swing.JEditorPane",
                "com.zaxxer.hikari.HikariDataSource",
                "org.springframework.context.support.ClassPathXmlApplicationContext",
                "org.axonframeworkx.Gadget",
                "io.orderworkflowx.Gadget"
            })
    void neverInstantiatesAClassThatIsNeitherOursNorAxons(String name) {
        SerializedType type = new SimpleSerializedType(name, null);

        assertThat(serializer.classForType(type)).isEqualTo(UnknownSerializedType.class);
        Object read = serializer.deserialize(new SimpleSerializedObject<>("{}", String.class, type));
        assertThat(read).isInstanceOf(UnknownSerializedType.class);
    }

    @Test
    void refusesAReplayContextOfAForeignClass() {
        String token = json(ReplayToken.createReplayToken(AHEAD, WITH_GAPS, "rebuild"));
        String honest = token.replace(
                "\"rebuild\"",
                "{\"@class\":\"" + GlobalSequenceTrackingToken.class.getName() + "\",\"globalIndex\":7}");
        String forged = token.replace("\"rebuild\"", "{\"@class\":\"java.lang.Thread\",\"name\":\"gadget\"}");

        assertThat(((ReplayToken) read(honest)).context()).isEqualTo(new GlobalSequenceTrackingToken(7));
        assertThatThrownBy(() -> read(forged))
                .isInstanceOf(SerializationException.class)
                .hasStackTraceContaining("denied resolution");
    }

    @Test
    void takesAClassNameWithinAPayloadForText() {
        Map<String, Object> payload = new LinkedHashMap<>(Map.of("@class", "java.lang.Thread", "name", "gadget"));

        assertThat(roundTrip(payload)).isEqualTo(payload);
    }

    @Test
    void bringsBackPrivateStateWithItsFinalCollections() {
        State state = new State("order-1");
        state.reserve("SKU-1", 2);
        state.reserve("SKU-2", 3);

        State restored = (State) roundTrip(state);

        assertThat(restored).usingRecursiveComparison().isEqualTo(state);
        // Not only read, but still able to change.
        restored.reserve("SKU-3", 1);
        assertThat(restored.total()).isEqualTo(6);
    }

    private Object roundTrip(Object original) {
        SerializedObject<byte[]> written = serializer.serialize(original, byte[].class);
        return serializer.deserialize(written);
    }

    private String json(Object original) {
        return new String(serializer.serialize(original, byte[].class).getData(), UTF_8);
    }

    private Object read(String token) {
        return serializer.deserialize(new SimpleSerializedObject<>(
                token, String.class, new SimpleSerializedType(ReplayToken.class.getName(), null)));
    }

    /** Like the state of an aggregate or a saga: all private, nothing to get or set it by. */
    private static final class State {

        private @Nullable String id;
        private final Map<String, Long> reservations = new LinkedHashMap<>();
        // Declared as what it is: a plain Set comes back as a HashSet, in any order.
        private final SortedSet<String> names = new TreeSet<>();
        private final List<Line> lines = new ArrayList<>();

        State() {}

        State(String id) {
            this.id = id;
        }

        void reserve(String sku, long quantity) {
            reservations.merge(sku, quantity, Long::sum);
            names.add(sku + " of " + id);
            lines.add(new Line(sku, quantity));
        }

        long total() {
            return reservations.values().stream().mapToLong(Long::longValue).sum();
        }

        private record Line(String sku, long quantity) {}
    }
}
