package io.orderworkflow.api.order;

import io.orderworkflow.api.OrderId;
import java.util.List;

/**
 * Which orders have changed.
 *
 * @param until all changes up to this one are told
 * @param more whether there are further ones already
 * @param lost whether the number that was asked from is not known: because of its age, or because it is from another
 *     store. No change is told then; what is known of orders has to be read anew, and is as of {@code until} at least
 * @param changes the changes, in the order of their numbers
 */
public record OrderChangePage(long until, boolean more, boolean lost, List<Change> changes) {

    /**
     * Something of an order changed.
     *
     * @param number the number of the change
     * @param orderId the order
     */
    public record Change(long number, OrderId orderId) {}
}
