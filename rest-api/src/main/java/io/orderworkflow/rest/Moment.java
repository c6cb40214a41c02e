package io.orderworkflow.rest;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A moment in the life of an aggregate: {@code 2026-11-21T10:15:30Z}, or the number of an event, such as {@code 4}.
 *
 * @param time the time, if that was given
 * @param sequence the number, if that was given
 */
record Moment(@Nullable Instant time, @Nullable Long sequence) {

    static final String RULE = Rules.TIME + ", or the number of an event";

    static final Moment NOW = new Moment(null, null);

    /**
     * Reads the parameter.
     *
     * @throws RuntimeException if it is neither a time nor a number from 0 on
     */
    static Moment parse(String text) {
        return text.chars().allMatch(character -> character >= '0' && character <= '9')
                ? new Moment(null, Long.valueOf(text))
                : new Moment(RequestConverters.instant(text), null);
    }
}
