package io.orderworkflow.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Goes every way that an order of one line can go, with one fault at every point at which one can be. */
class EveryInterleavingTest {

    private static final Logger log = LoggerFactory.getLogger(EveryInterleavingTest.class);
    private static final Program PROGRAM = new Program(new Program.Parts());

    @ParameterizedTest
    @EnumSource
    void keepsThePromisesHoweverAnOrderGoes(Way way) {
        assumeTrue(!way.takesLong || Boolean.getBoolean("simulator.everything"), "takes minutes");
        long began = System.nanoTime();
        EveryChoice choices = new EveryChoice();
        int runs = 0;
        int ends = 0;
        while (choices.hasNext()) {
            runs++;
            try {
                ends += simulation(way, choices, null).run() ? 1 : 0;
            } catch (BrokenPromise e) {
                throw new AssertionError(
                        "%s: %s%n%s".formatted(way, e.getMessage(), String.join("\n", story(way, choices))), e);
            }
        }
        log.info(
                "{}: {} runs over {} states, {} to a new end, in {}",
                way,
                runs,
                choices.states(),
                ends,
                Duration.ofNanos(System.nanoTime() - began));
        assertThat(ends).isGreaterThan(1);
    }

    private static List<String> story(Way way, EveryChoice choices) {
        List<String> story = new ArrayList<>();
        try {
            simulation(way, choices.again(), story).run();
        } catch (BrokenPromise e) {
            story.add(e.getMessage());
        }
        return story;
    }

    private static Simulation simulation(Way way, EveryChoice choices, @Nullable List<String> story) {
        return new Simulation(PROGRAM, choices, way.scenario(), 1, way.faults, story);
    }

    /** What can become of an order. */
    enum Way {
        CONFIRMED(1, false),
        DECLINED(1, false),
        NOT_CAPTURED(0, false),
        CANCELLED(0, false),
        CANCELLED_BUT_NOT_GIVEN_BACK_AT_ONCE(0, false),
        NOT_CAPTURED_WITH_A_FAULT(1, true),
        CANCELLED_WITH_A_FAULT(1, true);

        private final int faults;
        private final boolean takesLong;

        Way(int faults, boolean takesLong) {
            this.faults = faults;
            this.takesLong = takesLong;
        }

        Scenario scenario() {
            return switch (this) {
                case CONFIRMED -> Scenario.oneLine(Bank.OK);
                case DECLINED -> Scenario.oneLine(Bank.DECLINED);
                case NOT_CAPTURED, NOT_CAPTURED_WITH_A_FAULT -> Scenario.oneLine(Bank.NO_CAPTURE);
                case CANCELLED, CANCELLED_WITH_A_FAULT ->
                    Scenario.oneLine(Bank.OK).cancelled();
                case CANCELLED_BUT_NOT_GIVEN_BACK_AT_ONCE ->
                    Scenario.oneLine(Bank.STUBBORN).cancelled();
            };
        }
    }
}
