package io.orderworkflow.api;

import java.util.Map;
import java.util.function.Consumer;

/**
 * How the content of an event that was written in an earlier revision is brought to the next one. What is stored stays as
 * it is: this is done whenever it is read.
 *
 * @param event the event's logical name, such as {@code OrderPlaced}
 * @param before the revision that it was written in
 * @param after the revision that it is brought to
 * @param change makes of the older content the newer one, in place: JSON objects are maps, arrays are lists, both can be
 *     changed. It leaves alone what has the newer shape already
 */
public record EventRevision(String event, String before, String after, Consumer<Map<String, Object>> change) {}
