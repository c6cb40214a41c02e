package io.orderworkflow.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class PercentilesTest {

    @Test
    void areDurationsThatWereMeasured() {
        Percentiles percentiles = new Percentiles(
                LongStream.rangeClosed(1, 200).map(i -> (201 - i) * 1_000_000).toArray());
        assertThat(percentiles).hasToString("p50 100 ms, p95 190 ms, p99 198 ms");
    }

    @Test
    void areThatOneOfASingleOne() {
        assertThat(new Percentiles(7_000_000)).hasToString("p50 7 ms, p95 7 ms, p99 7 ms");
    }

    @Test
    void areNotMadeUpOfNothing() {
        assertThat(new Percentiles()).hasToString("not measured");
    }
}
