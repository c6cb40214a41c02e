package io.orderworkflow.platform.processing;

import java.time.Instant;
import java.util.Optional;

/** The events that are still to be handled by whoever has come so far. */
interface Backlog {

    /**
     * How many events there are after a position.
     *
     * @param head the position of the last of all
     */
    long eventsAfter(long position, long head);

    /** When the first event after a position was recorded; empty if there is none. */
    Optional<Instant> firstAfter(long position);
}
