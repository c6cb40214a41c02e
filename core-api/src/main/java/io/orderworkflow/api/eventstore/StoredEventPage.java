package io.orderworkflow.api.eventstore;

import io.orderworkflow.api.Page;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Some of the stored events.
 *
 * @param items the events, in global order. With Axon Server there may be fewer than asked for although there are more:
 *     it can only be read through, and a request reads so far and no further
 * @param page where this page stands among all events that were asked for
 * @param totalIsLowerBound whether there may be more events than {@code page} says: they are counted no further than is
 *     cheap
 * @param next what to ask for as {@code after} to go on; {@code null} if there is nothing more, or, of one aggregate in
 *     Axon Server, if the last event is not found among those of its time: then the next {@code page} is to be asked for
 */
public record StoredEventPage(
        List<StoredEvent> items,
        Page page,
        boolean totalIsLowerBound,
        @Nullable Long next) {

    /** Creates the page. */
    public StoredEventPage {
        items = List.copyOf(items);
    }
}
