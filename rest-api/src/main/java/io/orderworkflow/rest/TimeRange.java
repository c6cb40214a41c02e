package io.orderworkflow.rest;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What {@code from} and {@code to} of a list have to be. */
final class TimeRange {

    private TimeRange() {}

    static void check(@Nullable Instant from, @Nullable Instant to) {
        if (from != null && to != null && from.isAfter(to)) {
            throw ProblemException.invalid("from", "must not be after to");
        }
    }
}
