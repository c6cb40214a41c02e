package io.orderworkflow.platform.processing;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class GatheringTest {

    private static final long PAUSE = Duration.ofMillis(15).toNanos();

    /** Such numbers may be of any sign, and pass over from the greatest to the least. */
    private long now = Long.MAX_VALUE - 1_000;

    private final Gathering gathering = new Gathering(now);

    @Test
    void doesNotWaitForTheEventsOfOneOrder() {
        for (int step = 0; step < 10; step++) {
            assertThat(afterMillis(4, 1)).isZero();
        }
    }

    @Test
    void waitsAfterEachBatchWhereManyComeInSmallOnes() {
        for (int batch = 0; batch < 7; batch++) {
            assertThat(afterMillis(3, 2)).isZero();
        }

        assertThat(afterMillis(3, 2)).isEqualTo(PAUSE);
        assertThat(afterMillis(3, 2)).isEqualTo(PAUSE);
    }

    @Test
    void waitsAfterALargeBatch() {
        assertThat(afterMillis(500, 16)).isEqualTo(PAUSE);
    }

    @Test
    void doesNotWaitAfterOneThatIsNearlyFull() {
        assertThat(afterMillis(1, 249)).isEqualTo(PAUSE);
        assertThat(afterMillis(1, 250)).isZero();
    }

    @Test
    void forgetsWhatCameBeforeTheLastTenthOfASecond() {
        assertThat(afterMillis(0, 15)).isZero();

        assertThat(afterMillis(101, 15)).isZero();
        assertThat(afterMillis(100, 1)).isEqualTo(PAUSE);
    }

    private long afterMillis(long millis, int events) {
        now += Duration.ofMillis(millis).toNanos();
        return gathering.nanosAfter(events, now);
    }
}
