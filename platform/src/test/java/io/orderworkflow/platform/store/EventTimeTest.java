package io.orderworkflow.platform.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.DateTimeException;
import java.time.Instant;
import org.axonframework.common.DateTimeUtils;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Axon's own formatter is the judge. */
class EventTimeTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "2026-11-22T01:30:00.123987654Z",
                "2026-11-22T01:30:00.999999999Z",
                "2026-11-22T01:30:00Z",
                "2024-02-29T23:59:59.001Z",
                "1969-12-31T23:59:59.999Z",
                "0000-01-01T00:00:00Z",
                "9999-12-31T23:59:59.999Z",
                "+10000-01-01T00:00:00Z",
                "-0001-12-31T00:00:00Z"
            })
    void isWrittenAndReadAsAxonDoes(String time) {
        Instant at = Instant.parse(time);
        String stored = DateTimeUtils.formatInstant(at);

        assertThat(EventTime.format(at)).isEqualTo(stored);
        assertThat(EventTime.parse(stored)).isEqualTo(DateTimeUtils.parseInstant(stored));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "2026-11-22T01:30:00.123+01:00",
                "2026-11-22T01:30:00.123456789Z",
                "2026-11-22T01:30:00Z",
            })
    void isReadAsAxonDoesWhereItIsOfAnotherForm(String stored) {
        assertThat(EventTime.parse(stored)).isEqualTo(DateTimeUtils.parseInstant(stored));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "2026-02-30T01:30:00.123Z",
                "2026-13-22T01:30:00.123Z",
                "2026-11-22T24:00:00.000Z",
                "2026-11-22T01:60:00.123Z",
                "2026-11-22 01:30:00.123Z",
                "yesterday",
                ""
            })
    void isRefusedWhereAxonRefusesIt(String text) {
        assertThatThrownBy(() -> DateTimeUtils.parseInstant(text)).isInstanceOf(DateTimeException.class);
        assertThatThrownBy(() -> EventTime.parse(text)).isInstanceOf(DateTimeException.class);
    }

    @Test
    void takesDigitsOfNoOtherScript() {
        assertThatThrownBy(() -> EventTime.parse("2026-11-22T01:30:00.12\u0663Z"))
                .isInstanceOf(DateTimeException.class);
    }
}
