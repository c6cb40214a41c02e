package io.orderworkflow.api.admin;

import org.axonframework.commandhandling.RoutingKey;
import org.jspecify.annotations.Nullable;

/**
 * An operator has a segment of an event processor merged with the one that it was split from. Refused with
 * {@code UNKNOWN} if there is no such processor, {@code UNKNOWN_SEGMENT} if it has no such segment, and
 * {@code SEGMENTS_NOT_CHANGEABLE} if it is the only one, or the other has been split further. Recorded with who asked.
 *
 * @param processor its name
 * @param segment the number of the segment; {@code null} for one of the smallest
 */
public record MergeSegment(
        @RoutingKey String processor, @Nullable Integer segment) {}
