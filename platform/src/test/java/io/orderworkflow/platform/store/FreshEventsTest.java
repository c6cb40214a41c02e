package io.orderworkflow.platform.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.orderworkflow.api.OrderId;
import io.orderworkflow.api.RecordedEvent;
import io.orderworkflow.api.Sku;
import io.orderworkflow.platform.messaging.MessageSerializer;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.axonframework.common.DateTimeUtils;
import org.axonframework.eventhandling.DomainEventData;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.eventhandling.GenericDomainEventMessage;
import org.axonframework.eventhandling.GlobalSequenceTrackingToken;
import org.axonframework.eventhandling.TrackedDomainEventData;
import org.axonframework.eventhandling.TrackedEventData;
import org.axonframework.eventhandling.TrackedEventMessage;
import org.axonframework.messaging.GenericMessage;
import org.axonframework.messaging.MetaData;
import org.axonframework.serialization.SerializedObject;
import org.junit.jupiter.api.Test;

class FreshEventsTest {

    private static final Instant AT = Instant.parse("2026-11-22T01:30:00.123987654Z");
    private static final Instant AS_STORED = DateTimeUtils.parseInstant(DateTimeUtils.formatInstant(AT));

    private final FreshEvents events = new FreshEvents(new MessageSerializer());

    @Test
    void takesWhatWasStoredForWhatIsRead() {
        DomainEventMessage<String> stored = event(7);
        events.put(List.of(stored));

        assertThat(events.take(read(stored, 40)))
                .hasValueSatisfying(event -> {
                    assertThat(event.getPayload()).isSameAs(stored.getPayload());
                    assertThat(event.getMetaData()).isEqualTo(stored.getMetaData());
                    assertThat(event.getIdentifier()).isEqualTo(stored.getIdentifier());
                    assertThat(event.trackingToken()).isEqualTo(new GlobalSequenceTrackingToken(40));
                    assertThat(event.getTimestamp()).isEqualTo(AS_STORED);
                })
                .get()
                .isInstanceOfSatisfying(DomainEventMessage.class, event -> {
                    assertThat(event.getAggregateIdentifier()).isEqualTo("order");
                    assertThat(event.getType()).isEqualTo("Order");
                    assertThat(event.getSequenceNumber()).isEqualTo(7);
                });
    }

    @Test
    void hasNothingOfWhatOthersHaveStored() {
        events.put(List.of(event(1)));

        assertThat(events.take(read(event(1), 1))).isEmpty();
    }

    @Test
    void leavesWhatAnEarlierVersionHasRecordedToBeRead() {
        RecordedEvent recorded = RecordedEvent.orderPlaced(1, OrderId.forIdempotencyKey("recorded"), new Sku("SKU-1"));
        events.put(List.of(recorded));

        assertThat(events.take(read(recorded, 1))).isEmpty();
    }

    @Test
    void keepsAnEventForOneReader() {
        DomainEventMessage<String> stored = event(1);
        events.put(List.of(stored));
        events.take(read(stored, 1));

        assertThat(events.take(read(stored, 1))).isEmpty();
    }

    @Test
    void forgetsTheOldestOfWhatNobodyReads() {
        List<DomainEventMessage<String>> stored =
                IntStream.range(0, 5_001).mapToObj(FreshEventsTest::event).toList();
        events.put(stored);

        assertThat(events.take(read(stored.get(0), 0))).isEmpty();
        assertThat(events.take(read(stored.get(1), 1)))
                .map(TrackedEventMessage::getIdentifier)
                .contains(stored.get(1).getIdentifier());
    }

    private static DomainEventMessage<String> event(long sequenceNumber) {
        GenericMessage<String> event = new GenericMessage<>("event " + sequenceNumber, MetaData.with("userId", "anna"));
        return new GenericDomainEventMessage<>("Order", "order", sequenceNumber, event, () -> AT);
    }

    private static TrackedEventData<byte[]> read(DomainEventMessage<?> event, long position) {
        return new TrackedDomainEventData<>(new GlobalSequenceTrackingToken(position), new Row(event));
    }

    /** A row whose JSON nobody may read. */
    private record Row(DomainEventMessage<?> event) implements DomainEventData<byte[]> {

        @Override
        public String getType() {
            return event.getType();
        }

        @Override
        public String getAggregateIdentifier() {
            return event.getAggregateIdentifier();
        }

        @Override
        public long getSequenceNumber() {
            return event.getSequenceNumber();
        }

        @Override
        public String getEventIdentifier() {
            return event.getIdentifier();
        }

        @Override
        public Instant getTimestamp() {
            throw new AssertionError("its time was read");
        }

        @Override
        public SerializedObject<byte[]> getMetaData() {
            throw new AssertionError("its metadata was read");
        }

        @Override
        public SerializedObject<byte[]> getPayload() {
            throw new AssertionError("its payload was read");
        }
    }
}
