package io.orderworkflow.platform.saga;

import io.orderworkflow.platform.saga.JourneyEvents.JourneyBegun;
import io.orderworkflow.platform.saga.JourneyEvents.JourneyEnded;
import io.orderworkflow.platform.saga.JourneyEvents.JourneysJoined;
import io.orderworkflow.platform.saga.JourneyEvents.PlaceReached;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.axonframework.config.ProcessingGroup;
import org.axonframework.modelling.saga.SagaEventHandler;
import org.axonframework.modelling.saga.SagaLifecycle;
import org.axonframework.modelling.saga.StartSaga;
import org.jspecify.annotations.Nullable;

/** A saga to test with. Its state is private, and partly final, as that of a real one may be. */
@ProcessingGroup(Journey.PROCESSING_GROUP)
public class Journey {

    static final String PROCESSING_GROUP = "journeys";
    static final String JOURNEY_ID = "journeyId";

    private @Nullable String journeyId;
    private final List<String> places = new ArrayList<>();
    private SortedMap<String, Integer> visits = new TreeMap<>();

    /** Creates a journey that has not begun; Axon needs this to be public. */
    public Journey() {}

    @StartSaga
    @SagaEventHandler(associationProperty = JOURNEY_ID)
    void on(JourneyBegun event) {
        journeyId = event.journeyId();
    }

    @SagaEventHandler(associationProperty = JOURNEY_ID)
    void on(PlaceReached event, Roadblocks roadblocks) {
        places.add(event.place());
        visits.merge(event.place(), 1, Integer::sum);
        roadblocks.pass(event.place(), journeyId);
    }

    @SagaEventHandler(associationProperty = JOURNEY_ID)
    void on(JourneysJoined event) {
        SagaLifecycle.associateWith("otherJourneyId", event.otherJourneyId());
    }

    @SagaEventHandler(associationProperty = JOURNEY_ID)
    void on(JourneyEnded event) {
        SagaLifecycle.end();
    }

    /** Where nobody gets through, for now. */
    static final class Roadblocks {

        private final AtomicInteger encounters = new AtomicInteger();
        private volatile String blocked = "nowhere";

        int encounters() {
            return encounters.get();
        }

        void block(String place) {
            blocked = place;
        }

        void pass(String place, @Nullable String journeyId) {
            if (place.equals(blocked)) {
                encounters.incrementAndGet();
                throw new IllegalStateException("no way through " + place + " for " + journeyId);
            }
        }
    }
}
