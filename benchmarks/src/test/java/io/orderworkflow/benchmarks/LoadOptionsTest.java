package io.orderworkflow.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.net.URI;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LoadOptionsTest {

    @Test
    void hasDefaultsForAllButTheOrders() {
        assertThat(LoadOptions.parse("2000"))
                .isEqualTo(new LoadOptions(2000, 16, URI.create("http://localhost:8080"), 1000, 0, 0));
    }

    @Test
    void takesOptionsInAnyOrder() {
        assertThat(LoadOptions.parse(
                        "1",
                        "--rate",
                        "5",
                        "--url",
                        "http://localhost:1",
                        "--streams",
                        "7",
                        "--skus",
                        "2",
                        "--clients",
                        "3"))
                .isEqualTo(new LoadOptions(1, 3, URI.create("http://localhost:1"), 2, 5, 7));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "0", "-1", "many", "10 --clients", "10 --clients 0", "10 --colour red", "999999999"})
    void refusesWhatItDoesNotUnderstand(String arguments) {
        assertThatIllegalArgumentException().isThrownBy(() -> LoadOptions.parse(arguments.split(" ", -1)));
    }
}
