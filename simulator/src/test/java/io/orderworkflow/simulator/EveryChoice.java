package io.orderworkflow.simulator;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Makes one choice after the other, run by run, until all were made: depth first. Where two ways lead to the same state
 * only the first is followed further.
 */
final class EveryChoice implements Scheduler {

    private final List<Integer> path = new ArrayList<>();
    private final List<Integer> options = new ArrayList<>();
    private final Set<String> seen = new HashSet<>();
    private int depth;

    /** Begins the next run; there is none if every choice was made. */
    boolean hasNext() {
        if (options.isEmpty() && path.isEmpty()) {
            depth = 0;
            return true;
        }
        while (!path.isEmpty()) {
            int last = path.size() - 1;
            int next = path.get(last) + 1;
            if (next < options.get(last)) {
                path.set(last, next);
                depth = 0;
                return true;
            }
            path.remove(/* index */ last);
            options.remove(/* index */ last);
        }
        return false;
    }

    int states() {
        return seen.size();
    }

    /** The same run once more. */
    EveryChoice again() {
        depth = 0;
        return this;
    }

    private int choose(int count) {
        if (depth == path.size()) {
            path.add(0);
            options.add(count);
        }
        return path.get(depth++);
    }

    @Override
    public boolean considersFaults() {
        return true;
    }

    @Override
    public boolean considersTime() {
        return false;
    }

    @Override
    public @Nullable Move next(List<Move> moves, Supplier<String> state) {
        boolean isNew = depth == path.size();
        if (isNew && !seen.add(Digest.of(state.get()))) {
            return null;
        }
        return moves.get(choose(moves.size()));
    }

    @Override
    public boolean does(double probability) {
        return choose(2) == 1;
    }

    /** Past the time limit of its sender, and past that of any step. */
    @Override
    public List<Duration> delays() {
        return List.of(Duration.ofSeconds(6), Duration.ofSeconds(150));
    }

    @Override
    public boolean outages() {
        return false;
    }

    @Override
    public boolean hastensJournal() {
        return true;
    }

    @Override
    public int any(int bound) {
        return 0;
    }
}
