package io.orderworkflow.query;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.eventhandling.GapAwareTrackingToken;
import org.axonframework.eventhandling.GenericDomainEventMessage;
import org.axonframework.eventhandling.GenericTrackedDomainEventMessage;
import org.axonframework.eventhandling.GlobalSequenceTrackingToken;
import org.axonframework.eventhandling.ReplayToken;
import org.axonframework.eventhandling.TrackingToken;
import org.junit.jupiter.api.Test;

class EventPointerTest {

    @Test
    void leavesOutWhatGoesWithoutSaying() {
        assertThat(new EventPointer(7L, 3, "own").within("own")).isEqualTo("7:3");
        assertThat(new EventPointer(7L, 3, "stock:SKU-1").within("own")).isEqualTo("7:3:stock:SKU-1");
        assertThat(new EventPointer(null, 3, "own").within("own")).isEqualTo(":3");
        assertThat(new EventPointer(null, 3, "stock:SKU-1").within("own")).isEqualTo(":3:stock:SKU-1");
    }

    @Test
    void takesAPositionThatIsExact() {
        TrackingToken token = new GlobalSequenceTrackingToken(7);

        assertThat(EventPointer.to(event(token))).isEqualTo(new EventPointer(7L, 3, "stock:SKU-1"));
        assertThat(EventPointer.to(event(ReplayToken.createReplayToken(new GlobalSequenceTrackingToken(9), token))))
                .isEqualTo(new EventPointer(7L, 3, "stock:SKU-1"));
    }

    @Test
    void takesNoPositionFromATokenThatMayBeAheadOfItsEvent() {
        assertThat(EventPointer.to(event(GapAwareTrackingToken.newInstance(7, Set.of()))))
                .isEqualTo(new EventPointer(null, 3, "stock:SKU-1"));
    }

    @Test
    void takesNoPositionWhereThereIsNone() {
        assertThat(EventPointer.to(new GenericDomainEventMessage<>("Order", "own", 0, "payload")))
                .isEqualTo(new EventPointer(null, 0, "own"));
    }

    private static DomainEventMessage<?> event(TrackingToken token) {
        return new GenericTrackedDomainEventMessage<>(
                token, new GenericDomainEventMessage<>("StockItem", "stock:SKU-1", 3, "payload"));
    }
}
