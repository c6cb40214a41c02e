package io.orderworkflow.api.order;

import org.jspecify.annotations.Nullable;

/**
 * Asks which orders have changed; answered by an {@link OrderChangePage}. The changes are numbered in the order in which
 * they became visible, so whoever asks for those after the last one that was told misses nothing. They are kept for an
 * hour at least.
 *
 * @param after the changes after this one; {@code null} tells none, but the number of the last one
 * @param limit the most changes to be told, 1 to 1,000
 * @param patienceMillis how long to wait for a change if there is none, in milliseconds; holds no thread meanwhile
 */
public record FindOrderChanges(@Nullable Long after, int limit, long patienceMillis) {}
