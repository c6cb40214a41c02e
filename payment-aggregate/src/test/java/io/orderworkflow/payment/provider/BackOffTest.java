package io.orderworkflow.payment.provider;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class BackOffTest {

    private static final Duration INITIAL = Duration.ofMillis(200);
    private static final Duration LIMIT = Duration.ofSeconds(30);

    private final BackOff longest = new BackOff(INITIAL, LIMIT, () -> 0);
    private final BackOff shortest = new BackOff(INITIAL, LIMIT, () -> Math.nextDown(1.0));

    @Test
    void doublesWithEveryTry() {
        assertThat(longest.after(1)).hasMillis(200);
        assertThat(longest.after(2)).hasMillis(400);
        assertThat(longest.after(5)).hasMillis(3_200);
    }

    @Test
    void waitsNoLongerThanTheLimit() {
        assertThat(longest.after(9)).isEqualTo(LIMIT);
        assertThat(longest.after(Integer.MAX_VALUE)).isEqualTo(LIMIT);
    }

    @Test
    void isAtLeastHalfAsLongWhateverChanceSays() {
        assertThat(shortest.after(1)).hasMillis(100);
        assertThat(shortest.after(Integer.MAX_VALUE)).isEqualTo(LIMIT.dividedBy(2));
    }
}
