package io.orderworkflow.api.admin;

import org.axonframework.commandhandling.RoutingKey;
import org.jspecify.annotations.Nullable;

/**
 * An operator has a segment of an event processor split in two, which can be worked on at the same time and by different
 * nodes. Refused with {@code UNKNOWN} if there is no such processor, {@code UNKNOWN_SEGMENT} if it has no such segment,
 * and {@code SEGMENTS_NOT_CHANGEABLE} if there are as many as there can be. Recorded with who asked.
 *
 * @param processor its name
 * @param segment the number of the segment; {@code null} for the largest
 */
public record SplitSegment(
        @RoutingKey String processor, @Nullable Integer segment) {}
