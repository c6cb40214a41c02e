package io.orderworkflow.rest;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ReturnTimesTest {

    // Such times may overflow.
    private final AtomicLong now = new AtomicLong(Long.MAX_VALUE - 1_000);
    private final ReturnTimes times = new ReturnTimes(now::get);

    @Test
    void letsTwoHundredComeWithinASecond() {
        assertThat(next(200)).containsOnly(1L);
        assertThat(next(200)).containsOnly(2L);
        assertThat(next(200)).containsOnly(3L);
    }

    @Test
    void tellsNobodyToComeLaterThanInTenSeconds() {
        next(1_800);

        assertThat(next(500)).containsOnly(10L);
    }

    @Test
    void takesWhoeverWasToldIntoAccountUntilThen() {
        next(1_000);

        pass(Duration.ofSeconds(2));
        assertThat(next(200)).containsOnly(4L);

        pass(Duration.ofSeconds(4));
        assertThat(next(1)).containsOnly(1L);
    }

    private List<Long> next(int count) {
        return IntStream.range(0, count)
                .mapToObj(caller -> times.secondsToNext())
                .toList();
    }

    private void pass(Duration time) {
        now.addAndGet(time.toNanos());
    }
}
