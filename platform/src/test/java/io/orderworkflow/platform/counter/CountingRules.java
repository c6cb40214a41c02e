package io.orderworkflow.platform.counter;

import java.util.function.Consumer;

/** What a test wants to happen in the middle of a command. */
public final class CountingRules {

    private volatile Consumer<IncreaseCounter> rule = command -> {};

    /** From now on. */
    public void set(Consumer<IncreaseCounter> newRule) {
        rule = newRule;
    }

    void check(IncreaseCounter command) {
        rule.accept(command);
    }
}
