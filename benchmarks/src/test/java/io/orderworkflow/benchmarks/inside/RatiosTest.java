package io.orderworkflow.benchmarks.inside;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class RatiosTest {

    @Test
    void tellsTheRatiosOfTheMedians() {
        assertThat(Ratios.of(List.of(
                        "RESULT ours          900 orders/s (accept 1/s) invariants ok",
                        "RESULT other         100 orders/s (accept 1/s) invariants ok",
                        "RESULT ours          1000 orders/s (accept 1/s) invariants ok",
                        "RESULT other         500 orders/s (accept 1/s) invariants ok",
                        "RESULT ours          1400 orders/s (accept 1/s) invariants ok",
                        "something else")))
                .containsExactly(
                        "MEDIAN ours               1000 orders/s of 3 runs  ours is   1.00 times as fast",
                        "MEDIAN other               300 orders/s of 2 runs  ours is   3.33 times as fast");
    }

    @Test
    void leavesOutWhoHasLostSomething() {
        assertThat(Ratios.of(List.of(
                        "RESULT ours   900 orders/s (accept 1/s) invariants ok",
                        "RESULT other  9000 orders/s (accept 1/s) invariants FAILED confirmed 1/2",
                        "RESULT third failed, see its log")))
                .hasSize(1);
    }

    @Test
    void saysSoIfNothingWasMeasured() {
        assertThat(Ratios.of(List.of())).containsExactly("nothing was measured");
    }
}
