package io.orderworkflow.platform.counter;

import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** What a test wants to happen in the middle of a command. */
public final class CountingRules {

    private final AtomicReference<@Nullable Consumer<IncreaseCounter>> first = new AtomicReference<>();
    private volatile Consumer<IncreaseCounter> rule = command -> {};

    /** From now on. */
    public void set(Consumer<IncreaseCounter> newRule) {
        rule = newRule;
    }

    /** For the next command only, before what is set. */
    public void setFirst(Consumer<IncreaseCounter> firstRule) {
        first.set(firstRule);
    }

    void check(IncreaseCounter command) {
        Consumer<IncreaseCounter> once = first.getAndSet(null);
        if (once != null) {
            once.accept(command);
        }
        rule.accept(command);
    }
}
