package io.orderworkflow.console;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Something that happened on an order's way, with what it caused. */
final class Cause {

    /** What kind of thing happens. */
    enum Kind {
        /** Somebody asked an aggregate for something. */
        COMMAND,
        /** An aggregate decided so. */
        EVENT,
        /** The saga handled an event. */
        STEP,
        /** The payment provider was called. */
        PROVIDER,
        /** A deadline ran out. */
        DEADLINE
    }

    private final Kind kind;
    private final String name;
    private final @Nullable String target;
    private final String text;
    private final @Nullable Integer number;
    private final List<Cause> effects = new ArrayList<>();

    Cause(Kind kind, String name, @Nullable String target, String text, @Nullable Integer number) {
        this.kind = kind;
        this.name = name;
        this.target = target;
        this.text = text;
        this.number = number;
    }

    Cause causes(Cause effect) {
        effects.add(effect);
        return this;
    }

    /** This, and what followed from it alone, one after the other: for as long as nothing branches. */
    public List<Cause> chain() {
        List<Cause> chain = new ArrayList<>(List.of(this));
        Cause last = this;
        while (last.effects.size() == 1) {
            last = last.effects.get(0);
            chain.add(last);
        }
        return chain;
    }

    /** Where the {@link #chain()} branches: the beginnings of what followed. */
    public List<Cause> branches() {
        List<Cause> chain = chain();
        return chain.get(chain.size() - 1).effects;
    }

    /** How many ends it leads to, up to 6: so much room it takes beside others. */
    public int width() {
        List<Cause> branches = branches();
        return branches.isEmpty()
                ? 1
                : Math.min(6, branches.stream().mapToInt(Cause::width).sum());
    }

    public Kind kind() {
        return kind;
    }

    public String name() {
        return name;
    }

    /** The aggregate that was asked, or that decided. */
    public @Nullable String target() {
        return target;
    }

    public String text() {
        return text;
    }

    /** Of an event, its place in the timeline. */
    public @Nullable Integer number() {
        return number;
    }
}
