package io.orderworkflow.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;

class ToldTest {

    @Test
    void findsTimesInAText() {
        assertThat(Told.of("delivered at 2026-11-21T18:43:53Z, as of 2026-11-21T18:43:53.120Z already"))
                .containsExactly(
                        new Told("delivered at ", Instant.parse("2026-11-21T18:43:53Z")),
                        new Told(", as of ", Instant.parse("2026-11-21T18:43:53.120Z")),
                        new Told(" already", null));
    }

    @Test
    void leavesWhatOnlyLooksLikeATimeAsItIs() {
        assertThat(Told.of("because 2026-13-41T99:00:00Z"))
                .containsExactly(new Told("because 2026-13-41T99:00:00Z", null));
    }

    @Test
    void saysNothingOfNothing() {
        assertThat(Told.of("")).isEmpty();
    }
}
