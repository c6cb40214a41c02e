package io.orderworkflow.simulator;

import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Decides wherever more than one thing could happen next. */
interface Scheduler {

    /** Whether something may go wrong now. */
    boolean considersFaults();

    /** Whether time may pass although there is something to do. */
    boolean considersTime();

    /** Chooses one of the moves; none if this run has nothing new to show. */
    @Nullable
    Move next(List<Move> moves, Supplier<String> state);

    /** Whether to do this as well, in the midst of a move. */
    boolean does(double probability);

    /** For how long something can be on its way that is delayed. */
    List<Duration> delays();

    /** Whether everything can be away for long. */
    boolean outages();

    /** Whether the journal, which only writes down what is over, is written at once, or not before the worker dies. */
    boolean hastensJournal();

    /** A number from 0 up to but not including the bound, where it is of little importance which. */
    int any(int bound);

    /** Chooses at random, the same for the same seed. */
    final class Seeded implements Scheduler {

        private final Random random;
        private final double faults;
        private final double haste;

        Seeded(Random random) {
            this.random = random;
            this.faults = random.nextInt(8) == 0 ? 0 : random.nextDouble() * 0.4;
            this.haste = random.nextInt(3) == 0 ? 0 : random.nextDouble() * 0.1;
        }

        @Override
        public boolean considersFaults() {
            return random.nextDouble() < faults;
        }

        @Override
        public boolean considersTime() {
            return random.nextDouble() < haste;
        }

        @Override
        public Move next(List<Move> moves, Supplier<String> state) {
            // If anything is to go wrong it is among the moves only then.
            List<Move> wrong = moves.stream().filter(Move::isFault).toList();
            List<Move> candidates = wrong.isEmpty() ? moves : wrong;
            return candidates.get(random.nextInt(candidates.size()));
        }

        @Override
        public boolean does(double probability) {
            return random.nextDouble() < probability;
        }

        @Override
        public List<Duration> delays() {
            // The last one is longer than stock items remember.
            return List.of(
                    Duration.ofSeconds(6), Duration.ofSeconds(40), Duration.ofSeconds(150), Duration.ofMinutes(25));
        }

        @Override
        public boolean outages() {
            return true;
        }

        @Override
        public boolean hastensJournal() {
            return false;
        }

        @Override
        public int any(int bound) {
            return random.nextInt(bound);
        }
    }
}
