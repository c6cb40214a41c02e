package io.orderworkflow.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class WaitPreferenceTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "wait=1 | 1",
                "wait=30 | 30",
                "wait=05 | 5",
                "Wait = 7 | 7",
                "wait=\"10\" | 10",
                "wait=10;x=y | 10",
                "respond-async, wait=10 | 10",
                "respond-async,wait=10, handling=strict | 10",
                "wait=10, wait=99 | 10"
            })
    void readsHowLongToWait(String header, int seconds) {
        assertThat(WaitPreference.parse(header).limit()).contains(Duration.ofSeconds(seconds));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "respond-async", "waiting=5", "handling=wait", "return=minimal; wait=5", ",,"})
    void doesNotWaitUnlessAskedTo(String header) {
        assertThat(WaitPreference.parse(header).limit()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "wait",
                "wait=",
                "wait=0",
                "wait=00",
                "wait=31",
                "wait=-1",
                "wait=+1",
                "wait=1.0",
                "wait=1s",
                "wait=٣",
                "wait=\"\"",
                "wait=100",
                "wait=1 0",
                "handling=strict, wait=x"
            })
    void doesNotWaitForAnyOtherTime(String header) {
        assertThatThrownBy(() -> WaitPreference.parse(header))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(WaitPreference.RULE);
    }
}
