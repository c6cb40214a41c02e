package io.orderworkflow.platform.saga;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Sagas as this process has written them last, so that their JSON is not read again with every event. The row decides:
 * only where it holds to the byte what was written is the saga as it was then. So it may be asked for whatever another
 * node or a rollback has made of the row meanwhile.
 *
 * @param <T> the type of the sagas
 */
final class KnownStates<T> {

    /** Sagas that are under way at the same time. What is beyond is read from its row. */
    private static final int MOST = 10_000;

    private final Map<String, Known<T>> bySagaId = new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Known<T>> eldest) {
            return size() > MOST;
        }
    };

    synchronized void put(String sagaId, byte[] state, T saga) {
        bySagaId.put(sagaId, new Known<>(state, saga));
    }

    /** Hands over a saga, to one alone: whoever has it changes it. */
    synchronized Optional<T> take(String sagaId, byte[] state) {
        Known<T> known = bySagaId.remove(sagaId);
        return known != null && Arrays.equals(known.state, state) ? Optional.of(known.saga) : Optional.empty();
    }

    @SuppressWarnings("ArrayRecordComponent") // Compared by hand.
    private record Known<T>(byte[] state, T saga) {}
}
