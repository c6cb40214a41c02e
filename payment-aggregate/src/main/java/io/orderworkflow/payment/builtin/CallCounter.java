package io.orderworkflow.payment.builtin;

import java.util.LinkedHashMap;
import java.util.Map;

/** Counts calls, such as those for a payment. Forgets what nobody called for long, lest it grows for ever. */
final class CallCounter {

    private static final int MOST_REMEMBERED = 10_000;

    private final Map<Object, Integer> calls = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Object, Integer> eldest) {
            return size() > MOST_REMEMBERED;
        }
    };

    /** Counts one more call, and says which one it is: the first is 1. */
    int next(Object subject) {
        return calls.merge(subject, 1, Integer::sum);
    }
}
