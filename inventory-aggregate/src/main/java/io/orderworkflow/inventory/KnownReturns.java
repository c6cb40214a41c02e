package io.orderworkflow.inventory;

import io.orderworkflow.api.OrderId;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.UUID;

/**
 * The returns that are back on the shelves: what a repeated return is recognised by. They are bounded by number alone,
 * the latest are remembered. Time would be no measure, because a return that waits for a person is asked again after
 * days; but returns are few, and a SKU has to take back as many others before one of them is forgotten.
 *
 * <p>Part of the state of an aggregate: plain fields that Jackson writes and restores, changed by event sourcing
 * handlers only.
 */
class KnownReturns {

    static final int REMEMBERED_AT_MOST = 10_000;

    /** In the order of coming back, the oldest first; Jackson would restore any other set without an order. */
    private LinkedHashSet<String> returns = new LinkedHashSet<>();

    boolean contains(OrderId orderId, UUID returnId) {
        return returns.contains(key(orderId, returnId));
    }

    /** Remembers that it is back, and forgets the oldest if there are too many. */
    void add(OrderId orderId, UUID returnId) {
        returns.add(key(orderId, returnId));
        if (returns.size() > REMEMBERED_AT_MOST) {
            Iterator<String> oldestFirst = returns.iterator();
            oldestFirst.next();
            oldestFirst.remove();
        }
    }

    private static String key(OrderId orderId, UUID returnId) {
        return orderId + "/" + returnId;
    }
}
