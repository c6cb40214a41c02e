package io.orderworkflow.api.fault;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The fault scenarios of the built-in payment provider.
 *
 * @param enabled whether any can be switched on; if not, {@code items} is empty
 * @param why why none can be switched on, in plain words; {@code null} if they can
 * @param items all there are, by name
 */
public record FaultScenarios(boolean enabled, @Nullable String why, List<Scenario> items) {

    /** Creates the answer. */
    public FaultScenarios {
        items = List.copyOf(items);
    }

    /**
     * One scenario.
     *
     * @param name its name: 1 to 64 characters, {@code a-z 0-9 -}
     * @param title what it is, in a few words
     * @param rules what it does to which payments, each rule in plain words; the first that fits a call holds
     * @param on whether it is switched on
     * @param since when it was switched on; {@code null} if it is not
     * @param by who switched it on; {@code null} if it is not
     */
    public record Scenario(
            String name,
            String title,
            List<String> rules,
            boolean on,
            @Nullable Instant since,
            @Nullable String by) {

        /** Creates the scenario. */
        public Scenario {
            rules = List.copyOf(rules);
        }
    }
}
