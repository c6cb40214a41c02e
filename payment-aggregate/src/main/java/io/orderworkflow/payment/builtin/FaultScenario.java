package io.orderworkflow.payment.builtin;

import java.util.List;

/**
 * A way for the provider to be difficult.
 *
 * @param name its name
 * @param title what it is, in a few words
 * @param rules what it does; the first that fits a call holds
 */
record FaultScenario(String name, String title, List<FaultRule> rules) {

    FaultScenario {
        rules = List.copyOf(rules);
    }

    List<String> inWords() {
        return rules.stream().map(FaultRule::inWords).toList();
    }
}
