package io.orderworkflow.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.axonframework.eventhandling.GenericDomainEventMessage;
import org.axonframework.eventhandling.GenericTrackedDomainEventMessage;
import org.axonframework.eventhandling.GlobalSequenceTrackingToken;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EventPointerTest {

    @ParameterizedTest
    @ValueSource(strings = {"own", "stock:SKU-1", "a:b:c"})
    void survivesBeingWritten(String aggregateId) {
        EventPointer pointer = new EventPointer(1_000_000_000_000L, 3, aggregateId);

        assertThat(EventPointer.parse(pointer.within("own"), "own")).isEqualTo(pointer);
    }

    @Test
    void leavesOutWhatGoesWithoutSaying() {
        assertThat(new EventPointer(7, 3, "own").within("own")).isEqualTo("7:3");
        assertThat(new EventPointer(7, 3, "stock:SKU-1").within("own")).isEqualTo("7:3:stock:SKU-1");
    }

    @Test
    void pointsToATrackedEvent() {
        assertThat(EventPointer.to(new GenericTrackedDomainEventMessage<>(
                        new GlobalSequenceTrackingToken(7),
                        new GenericDomainEventMessage<>("StockItem", "stock:SKU-1", 3, "payload"))))
                .isEqualTo(new EventPointer(7, 3, "stock:SKU-1"));
    }

    @Test
    void pointsToNothingElse() {
        assertThatThrownBy(() -> EventPointer.to(new GenericDomainEventMessage<>("Order", "own", 0, "payload")))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
