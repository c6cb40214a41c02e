package io.orderworkflow.simulator;

import java.util.function.Supplier;

/**
 * One thing that could happen next.
 *
 * @param what in words
 * @param isFault whether it is something that goes wrong
 * @param happen makes it happen
 */
record Move(Supplier<String> what, boolean isFault, Runnable happen) {

    static Move of(Supplier<String> what, Runnable happen) {
        return new Move(what, false, happen);
    }

    static Move fault(Supplier<String> what, Runnable happen) {
        return new Move(what, true, happen);
    }
}
