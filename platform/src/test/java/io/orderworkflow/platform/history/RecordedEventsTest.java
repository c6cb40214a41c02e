package io.orderworkflow.platform.history;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.orderworkflow.api.MessageFamilies;
import io.orderworkflow.api.SampleRecords;
import io.orderworkflow.platform.messaging.MessageSerializer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.eventsourcing.EventStreamUtils;
import org.axonframework.serialization.Revision;
import org.axonframework.serialization.SimpleSerializedType;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Events are kept for ever. Of every revision of each there is a sample as it was written, complete and, where parts of
 * it may be missing, without these. What an event class of today writes is left in {@code target/events}: from there it
 * is recorded once, and never changed after that. See docs/events.md.
 */
class RecordedEventsTest {

    private static final Path SAMPLES = Path.of("..", "core-api", "src", "test", "resources", "events");
    private static final Path WRITTEN_TODAY = Path.of("target", "events");
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final MessageSerializer SERIALIZER = new MessageSerializer();

    @BeforeAll
    static void writesWhatCanBeRecorded() throws IOException {
        Files.createDirectories(WRITTEN_TODAY);
        for (Class<?> event : MessageFamilies.events().toList()) {
            Files.writeString(WRITTEN_TODAY.resolve(complete(event, revision(event))), write(completeSample(event)));
            if (hasOptionalParts(event)) {
                Files.writeString(WRITTEN_TODAY.resolve(sparse(event, revision(event))), write(sparseSample(event)));
            }
        }
    }

    @ParameterizedTest
    @MethodSource("io.orderworkflow.api.MessageFamilies#events")
    void hasASampleOfEveryRevision(Class<?> event) {
        assertThat(IntStream.rangeClosed(1, revision(event)))
                .as("recorded revisions of %s; see docs/events.md", event.getSimpleName())
                .allMatch(revision -> Files.exists(SAMPLES.resolve(complete(event, revision))));
        assertThat(Files.exists(SAMPLES.resolve(sparse(event, revision(event)))))
                .as("a sample of %s without its optional parts", event.getSimpleName())
                .isEqualTo(hasOptionalParts(event));
    }

    @ParameterizedTest
    @MethodSource("io.orderworkflow.api.MessageFamilies#events")
    void keepsTheShapeOfARevision(Class<?> event) throws IOException {
        String advice = "%s revision %d differs from what was recorded of it: give it a new revision and an upcaster;"
                        .formatted(event.getSimpleName(), revision(event))
                + " see docs/events.md";

        assertThat(shape(JSON.readTree(write(completeSample(event)))))
                .as(advice)
                .isEqualTo(shape(recorded(complete(event, revision(event)))));
        if (hasOptionalParts(event)) {
            assertThat(shape(JSON.readTree(write(sparseSample(event)))))
                    .as(advice)
                    .isEqualTo(shape(recorded(sparse(event, revision(event)))));
        }
    }

    static Stream<String> samples() throws IOException {
        try (Stream<Path> files = Files.list(SAMPLES)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList().stream();
        }
    }

    @ParameterizedTest
    @MethodSource("samples")
    void readsEverySample(String file) throws IOException {
        String[] parts = file.split("\\.", -1);
        Object event = read(parts[0], parts[1], Files.readString(SAMPLES.resolve(file)));

        assertThat(event.getClass().getSimpleName()).isEqualTo(parts[0]);
        assertThat(parts[1])
                .satisfies(revision -> assertThat(Integer.parseInt(revision))
                        .as("a revision that there is")
                        .isBetween(1, revision(event.getClass())));
        if (parts[1].equals(String.valueOf(revision(event.getClass())))) {
            assertThat(JSON.readTree(write(event))).as("nothing of it is lost").isEqualTo(recorded(file));
        }
    }

    @Test
    void noticesWhatChangesAShape() {
        Map<String, String> before = shape(JSON.readTree("{\"a\":{\"b\":1},\"list\":[{\"c\":\"text\"}]}"));

        assertThat(List.of(
                        "{\"a\":{\"b\":1},\"list\":[{\"c\":\"text\"}],\"more\":true}",
                        "{\"a\":{\"b\":1},\"list\":[]}",
                        "{\"a\":{\"b\":\"1\"},\"list\":[{\"c\":\"text\"}]}",
                        "{\"b\":1,\"list\":[{\"c\":\"text\"}]}",
                        "{\"a\":{\"b\":1},\"list\":[\"text\"]}"))
                .allSatisfy(after -> assertThat(shape(JSON.readTree(after))).isNotEqualTo(before));
        assertThat(shape(JSON.readTree("{\"list\":[{\"c\":\"x\"},{\"c\":\"y\"}],\"a\":{\"b\":2}}")))
                .isEqualTo(before);
    }

    static Object read(String event, String revision, String json) {
        StoredContent stored = new StoredContent(new SimpleSerializedType(event, revision), json);
        DomainEventMessage<?> message = EventStreamUtils.upcastAndDeserializeDomainEvents(
                        Stream.of(stored), SERIALIZER, HistoryAutoConfiguration.chain())
                .next();
        return message.getPayload();
    }

    /** Names and types of all there is in it, wherever it is nested. */
    private static Map<String, String> shape(JsonNode json) {
        Map<String, String> types = new TreeMap<>();
        addShape("", json, types);
        return types;
    }

    private static void addShape(String path, JsonNode json, Map<String, String> types) {
        types.put(path, json.getNodeType().name());
        if (json.isObject()) {
            json.properties().forEach(part -> addShape(path + "/" + part.getKey(), part.getValue(), types));
        } else {
            json.forEach(item -> addShape(path + "[]", item, types));
        }
    }

    private static boolean hasOptionalParts(Class<?> event) {
        return !shape(JSON.readTree(write(sparseSample(event))))
                .equals(shape(JSON.readTree(write(completeSample(event)))));
    }

    private static JsonNode recorded(String file) throws IOException {
        return JSON.readTree(Files.readString(SAMPLES.resolve(file)));
    }

    private static Object completeSample(Class<?> event) {
        return SampleRecords.complete(event.asSubclass(Record.class));
    }

    private static Object sparseSample(Class<?> event) {
        return SampleRecords.sparse(event.asSubclass(Record.class));
    }

    private static String write(Object event) {
        return new String(SERIALIZER.serialize(event, byte[].class).getData(), UTF_8);
    }

    private static String complete(Class<?> event, int revision) {
        return event.getSimpleName() + "." + revision + ".json";
    }

    private static String sparse(Class<?> event, int revision) {
        return event.getSimpleName() + "." + revision + ".sparse.json";
    }

    private static int revision(Class<?> event) {
        return Integer.parseInt(event.getAnnotation(Revision.class).value());
    }
}
