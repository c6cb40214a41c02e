package io.orderworkflow.api.eventstore;

import io.orderworkflow.api.Page;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Asks for events as they are stored, in global order: that of their positions. Answered by a {@link StoredEventPage}.
 *
 * @param aggregateId only those of this aggregate, as the events name it; {@code null} for those of all
 * @param type only those of this logical name, such as {@code OrderPlaced}; {@code null} for all
 * @param from only those that happened then or later; {@code null} without such a limit
 * @param to only those that happened then or earlier; {@code null} without such a limit
 * @param after only those behind this position, as a page before named it; {@code null} from the first one on
 * @param page the page of these, counted from 0
 * @param size how many events a page has, 1 to {@link Page#MAX_SIZE}
 */
public record FindStoredEvents(
        @Nullable String aggregateId,
        @Nullable String type,
        @Nullable Instant from,
        @Nullable Instant to,
        @Nullable Long after,
        int page,
        int size) {}
