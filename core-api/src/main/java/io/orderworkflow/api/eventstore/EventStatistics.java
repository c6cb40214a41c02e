package io.orderworkflow.api.eventstore;

import java.time.LocalDate;
import java.util.List;

/**
 * How much is stored.
 *
 * @param events how many events, up to {@code position}
 * @param bytes how large their contents are, with their metadata, up to {@code position}
 * @param position the position that was counted up to
 * @param items the same by type and day, the oldest day first
 */
public record EventStatistics(long events, long bytes, long position, List<Count> items) {

    /** Creates the statistics. */
    public EventStatistics {
        items = List.copyOf(items);
    }

    /**
     * The events of one type on one day.
     *
     * @param type their logical name
     * @param day the day, in UTC
     * @param events how many
     * @param bytes how large their contents are, with their metadata
     */
    public record Count(String type, LocalDate day, long events, long bytes) {}
}
