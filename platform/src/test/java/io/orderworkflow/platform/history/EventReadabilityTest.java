package io.orderworkflow.platform.history;

import static org.assertj.core.api.Assertions.assertThat;

import io.orderworkflow.platform.messaging.MessageSerializer;
import java.util.stream.IntStream;
import org.axonframework.serialization.Revision;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class EventReadabilityTest {

    private final EventReadability readability =
            new EventReadability(new MessageSerializer(), HistoryAutoConfiguration.chain());

    @ParameterizedTest
    @MethodSource("io.orderworkflow.api.MessageFamilies#events")
    void findsEveryRevisionReadableThatWasEverWritten(Class<?> event) {
        int today = Integer.parseInt(event.getAnnotation(Revision.class).value());

        assertThat(IntStream.rangeClosed(1, today))
                .allMatch(revision -> readability.canRead(event.getSimpleName(), String.valueOf(revision)));
        assertThat(readability.canRead(event.getSimpleName(), String.valueOf(today + 1)))
                .as("a revision of tomorrow")
                .isFalse();
    }

    @ParameterizedTest
    @CsvSource({"CartMerged, 1", "java.lang.Thread, 1", "OrderConfirmed,", "OrderPlaced,", "OrderPlaced, ''"})
    void findsUnreadableWhatNobodyKnows(String type, String revision) {
        assertThat(readability.canRead(type, revision)).isFalse();
    }

    @Test
    void asksTheUpcasters() {
        EventReadability without = new EventReadability(new MessageSerializer(), events -> events);

        assertThat(without.canRead("OrderPlaced", "1")).isFalse();
        assertThat(without.canRead("OrderPlaced", "3")).isTrue();
    }
}
