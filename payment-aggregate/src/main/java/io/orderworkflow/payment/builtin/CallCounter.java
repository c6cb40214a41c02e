package io.orderworkflow.payment.builtin;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;

/** Counts the calls for a payment. Forgets payments that nobody called for long, lest it grows for ever. */
final class CallCounter {

    private static final int MOST_REMEMBERED = 10_000;

    private final Map<UUID, Integer> calls = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<UUID, Integer> eldest) {
            return size() > MOST_REMEMBERED;
        }
    };

    /** Counts one more call, and says which one it is: the first is 1. */
    int next(UUID paymentId) {
        return calls.merge(paymentId, 1, Integer::sum);
    }
}
