package io.orderworkflow.simulator;

import io.orderworkflow.api.order.OrderStatus;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A run that is the same for the same seed. */
record SeededRun(Program program, long seed, Function<Random, Scenario> scenarios) {

    private static final int MOST_FAULTS = 24;

    static SeededRun of(Program program, long seed) {
        return new SeededRun(program, seed, Scenario::random);
    }

    /** Runs it, and throws what was promised and broken. */
    Simulation runOnce() {
        Simulation simulation = simulation(null);
        simulation.run();
        return simulation;
    }

    /** Runs it; if a promise is broken, once more, to tell how. */
    void run(Totals totals) {
        try {
            totals.add(runOnce());
        } catch (BrokenPromise e) {
            throw new AssertionError(
                    "seed %d: %s%n%s%nTo replay it: -Dsimulator.seed=%d"
                            .formatted(seed, e.getMessage(), String.join("\n", story()), seed),
                    e);
        }
    }

    private List<String> story() {
        List<String> story = new ArrayList<>();
        try {
            simulation(story).run();
        } catch (BrokenPromise e) {
            story.add(e.getMessage());
        }
        return story;
    }

    private Simulation simulation(@Nullable List<String> story) {
        Random random = new Random(seed);
        Scenario scenario = scenarios.apply(random);
        Scheduler scheduler = new Scheduler.Seeded(random);
        return new Simulation(program, scheduler, scenario, 2, random.nextInt(MOST_FAULTS + 1), story);
    }

    /** What all runs together amount to. */
    static final class Totals {

        private long moves;
        private long faults;
        private final Map<OrderStatus, Integer> orders = new EnumMap<>(OrderStatus.class);

        void add(Simulation simulation) {
            moves += simulation.moves();
            faults += simulation.faults();
            simulation.statuses().forEach(status -> orders.merge(status, 1, Integer::sum));
        }

        /** How many orders ended so. */
        int orders(OrderStatus status) {
            return orders.getOrDefault(status, 0);
        }

        @Override
        public String toString() {
            return "%d moves, %d faults, orders %s".formatted(moves, faults, orders);
        }
    }
}
