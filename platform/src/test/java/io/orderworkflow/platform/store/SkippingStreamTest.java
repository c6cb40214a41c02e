package io.orderworkflow.platform.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.axonframework.eventhandling.GenericEventMessage;
import org.axonframework.eventhandling.TrackedEventMessage;
import org.axonframework.eventhandling.TrackingEventStream;
import org.axonframework.eventsourcing.eventstore.EmbeddedEventStore;
import org.axonframework.eventsourcing.eventstore.inmemory.InMemoryEventStorageEngine;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Of texts, which are handled, and numbers, which are not. */
@Timeout(30)
class SkippingStreamTest {

    private final EmbeddedEventStore store = WakingEventStore.over(
            new InMemoryEventStorageEngine(), EmbeddedEventStore.builder().optimizeEventConsumption(false));

    private final TrackingEventStream stream = store.openStream(null);

    @AfterEach
    void close() {
        stream.close();
        store.shutDown();
    }

    @Test
    void handsOutEverythingUntilItIsToldWhatIsNotHandled() throws InterruptedException {
        publish(1, "a", 2);

        assertThat(everything()).containsExactly(1, "a", 2);
    }

    @Test
    void passesOverWhatIsNotHandled() throws InterruptedException {
        numbersAreNotHandled();

        publish(1, 2, "a", 3, "b");

        assertThat(everything()).containsExactly("a", "b");
    }

    @Test
    void handsOutTheLastOneThatNothingFollows() throws InterruptedException {
        numbersAreNotHandled();

        publish("a", 1, 2, 3);
        assertThat(everything()).containsExactly("a", 3);

        publish(4, "b");
        assertThat(everything()).containsExactly("b");
    }

    @Test
    void passesOverWhatItWasAboutToHandOutWhenSomethingHandledFollows() throws InterruptedException {
        numbersAreNotHandled();
        publish(1);
        assertThat(stream.peek()).map(SkippingStreamTest::payload).contains(1);

        publish("a");

        assertThat(everything()).containsExactly("a");
    }

    @Test
    void showsBeforehandWhatItHandsOut() throws InterruptedException {
        numbersAreNotHandled();

        publish(1, "a", 2, 3);

        assertThat(stream.peek()).map(SkippingStreamTest::payload).contains("a");
        assertThat(payload(stream.nextAvailable())).isEqualTo("a");
        assertThat(stream.peek()).map(SkippingStreamTest::payload).contains(3);
        assertThat(payload(stream.nextAvailable())).isEqualTo(3);
        assertThat(stream.peek()).isEmpty();
    }

    @Test
    void tellsWhereItIsWhileItPassesOverMany() throws InterruptedException {
        numbersAreNotHandled();

        publish(Stream.concat(IntStream.rangeClosed(1, 1_200).boxed(), Stream.of("a"))
                .toArray());

        assertThat(everything()).containsExactly(500, 1_000, "a");
    }

    private void numbersAreNotHandled() throws InterruptedException {
        publish(0);
        stream.skipMessagesWithPayloadTypeOf(stream.nextAvailable());
    }

    private void publish(Object... payloads) {
        store.publish(
                Stream.of(payloads).map(GenericEventMessage::asEventMessage).toList());
    }

    private List<Object> everything() throws InterruptedException {
        List<Object> handedOut = new ArrayList<>();
        while (stream.hasNextAvailable()) {
            handedOut.add(payload(stream.nextAvailable()));
        }
        return handedOut;
    }

    private static Object payload(TrackedEventMessage<?> event) {
        return event.getPayload();
    }
}
