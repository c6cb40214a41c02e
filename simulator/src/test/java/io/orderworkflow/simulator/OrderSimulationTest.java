package io.orderworkflow.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import io.orderworkflow.api.order.OrderStatus;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs many orders with many faults, another mixture for every seed. */
class OrderSimulationTest {

    private static final Logger log = LoggerFactory.getLogger(OrderSimulationTest.class);
    private static final long FIRST_SEED = 20_261_121L;

    @Test
    void keepsThePromisesForEverySeed() {
        Program program = new Program(new Program.Parts());
        Long replayed = Long.getLong("simulator.seed");
        int runs = Integer.getInteger("simulator.seeds", replayed == null ? 2_000 : 1);
        long first = replayed == null ? FIRST_SEED : replayed;
        long began = System.nanoTime();
        SeededRun.Totals totals = new SeededRun.Totals();
        for (long seed = first; seed < first + runs; seed++) {
            SeededRun.of(program, seed).run(totals);
        }
        log.info(
                "{} runs, seeds from {} on: {}, in {}",
                runs,
                first,
                totals,
                Duration.ofNanos(System.nanoTime() - began));
        if (replayed == null) {
            // Else all of this would have shown nothing.
            assertThat(List.of(OrderStatus.CONFIRMED, OrderStatus.REJECTED, OrderStatus.CANCELLED, OrderStatus.SHIPPED))
                    .allSatisfy(status -> assertThat(totals.orders(status)).isPositive());
        }
    }

    /** The goods must not be back before they have left: no return may fail, and none may wait for a person. */
    @Test
    void takesBackWhatIsReturnedAtTheMomentOfTheConfirmation() {
        Program program = new Program(new Program.Parts());
        SeededRun.Totals totals = new SeededRun.Totals();
        for (long seed = FIRST_SEED; seed < FIRST_SEED + 300; seed++) {
            new SeededRun(program, seed, Scenario::refundedAtOnce).run(totals);
        }
        log.info("{}", totals);
        assertThat(totals.orders(OrderStatus.CONFIRMED)).isGreaterThan(300);
    }
}
