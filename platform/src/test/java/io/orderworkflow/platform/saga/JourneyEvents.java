package io.orderworkflow.platform.saga;

/** What happens on journeys. */
interface JourneyEvents {

    /** A journey begins. */
    record JourneyBegun(String journeyId) {}

    /** A place was reached. */
    record PlaceReached(String journeyId, String place) {}

    /** Two travellers go on together, which our sagas cannot do. */
    record JourneysJoined(String journeyId, String otherJourneyId) {}

    /** A journey is over. */
    record JourneyEnded(String journeyId) {}
}
