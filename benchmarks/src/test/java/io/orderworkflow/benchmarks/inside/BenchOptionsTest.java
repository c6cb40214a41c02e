package io.orderworkflow.benchmarks.inside;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class BenchOptionsTest {

    @Test
    void warmsUpWithHalfAsManyUnlessToldOtherwise() {
        assertThat(BenchOptions.of("--orders", "10000").warmUp()).isEqualTo(5_000);
        assertThat(BenchOptions.of("--orders", "100").warmUp()).isEqualTo(1_000);
        assertThat(BenchOptions.of("--warmup", "200").warmUp()).isEqualTo(200);
    }

    @Test
    void takesWholeTwenties() {
        assertThat(BenchOptions.of("--orders", "119").orders()).isEqualTo(100);
    }

    @Test
    void knowsNoOtherOptions() {
        assertThatThrownBy(() -> BenchOptions.of("--order", "1")).hasMessageContaining("--order");
        assertThatThrownBy(() -> BenchOptions.of("--orders")).hasMessageContaining("--orders");
    }
}
