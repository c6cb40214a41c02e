package io.orderworkflow.api;

import org.jspecify.annotations.Nullable;

/**
 * In which order a list is answered.
 *
 * @param property the property sorted by, as named in the items; {@code null} for the list's natural order
 * @param descending whether the largest comes first
 */
public record Sort(@Nullable String property, boolean descending) {

    /** The list's natural order. */
    public static final Sort NATURAL = new Sort(null, false);
}
