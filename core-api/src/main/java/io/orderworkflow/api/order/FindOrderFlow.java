package io.orderworkflow.api.order;

import io.orderworkflow.api.ReadModel;
import io.orderworkflow.api.ReadModelQuery;
import java.time.Duration;

/**
 * Asks how orders flow: how many are placed, what becomes of them, and how long it takes; answered by an
 * {@link OrderFlow}.
 *
 * @param window how far to look back from now
 */
public record FindOrderFlow(Window window) implements ReadModelQuery {

    @Override
    public ReadModel readModel() {
        return ReadModel.ORDERS;
    }

    /** How far to look back. It is cut into slices that begin at whole multiples of their length, in UTC. */
    public enum Window {
        /** Five minutes, in slices of five seconds. */
        FIVE_MINUTES("5m", Duration.ofMinutes(5), Duration.ofSeconds(5)),
        /** An hour, in slices of a minute. */
        ONE_HOUR("1h", Duration.ofHours(1), Duration.ofMinutes(1)),
        /** A day, in slices of an hour. */
        ONE_DAY("24h", Duration.ofDays(1), Duration.ofHours(1)),
        /** A week, in slices of three hours. */
        SEVEN_DAYS("7d", Duration.ofDays(7), Duration.ofHours(3));

        private final String label;
        private final Duration length;
        private final Duration slice;

        Window(String label, Duration length, Duration slice) {
            this.label = label;
            this.length = length;
            this.slice = slice;
        }

        /** Its short name, as in an address: {@code 5m}, {@code 1h}, {@code 24h} or {@code 7d}. */
        public String label() {
            return label;
        }

        /** How far it reaches back. */
        public Duration length() {
            return length;
        }

        /** How long a slice is. */
        public Duration slice() {
            return slice;
        }
    }
}
