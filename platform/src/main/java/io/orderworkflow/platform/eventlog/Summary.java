package io.orderworkflow.platform.eventlog;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;

/**
 * How many events of which types there are in a stretch of positions.
 *
 * @param counts the counts, one for each type, revision and day
 * @param before the position that was not looked at any more
 */
public record Summary(List<Count> counts, long before) {

    /** Creates the summary. */
    public Summary {
        counts = List.copyOf(counts);
    }

    /**
     * Events of one type, revision and day.
     *
     * @param type as stored
     * @param revision as stored, empty if there is none
     * @param day in UTC
     * @param events how many
     * @param bytes of their contents and metadata
     * @param firstAt when the first of them happened
     * @param lastAt when the last of them happened
     */
    public record Count(
            String type, String revision, LocalDate day, long events, long bytes, Instant firstAt, Instant lastAt) {}
}
