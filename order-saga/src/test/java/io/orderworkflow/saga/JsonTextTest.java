package io.orderworkflow.saga;

import static org.assertj.core.api.Assertions.assertThat;

import io.orderworkflow.api.Money;
import io.orderworkflow.api.OrderId;
import io.orderworkflow.api.Sku;
import io.orderworkflow.api.order.OrderStep;
import io.orderworkflow.api.order.PaymentInstruction;
import io.orderworkflow.api.order.RejectionReason;
import io.orderworkflow.api.order.RejectionReason.Shortage;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.json.JsonMapper;

/** Jackson is the judge. */
class JsonTextTest {

    private static final JsonMapper JACKSON = JsonMapper.builder().build();

    static Stream<@Nullable Object> values() {
        Shortage shortage = new Shortage(new Sku("SKU-1"), 3, 2);
        return Stream.of(
                null,
                true,
                -1,
                Long.MAX_VALUE,
                "",
                "plain",
                "\"quoted\", C:\\new, </script>",
                "line\nend\ttab\r\b\f",
                "\u0000\u0001\u001f\u007f\u2028",
                "für 5 € \uD83D\uDCE6",
                Instant.parse("2026-11-22T01:30:00Z"),
                Instant.parse("2026-11-22T01:30:00.123456789Z"),
                Instant.parse("+10000-01-01T00:00:00Z"),
                new UUID(0, 1),
                OrderId.forIdempotencyKey("order"),
                new Sku("SKU-1"),
                Money.of("19.90", "EUR"),
                new PaymentInstruction("CARD", "tok\"en"),
                new RejectionReason(RejectionReason.Code.OUT_OF_STOCK, "", List.of(shortage)),
                new TreeMap<>(java.util.Map.of(new Sku("SKU-2"), 1L, new Sku("SKU-1"), 2L)),
                new TreeSet<>(List.of(new Sku("SKU-2"), new Sku("SKU-1"))),
                List.of(),
                Arrays.asList(1, null, "two", List.of(List.of(), "[", ":"), shortage));
    }

    @ParameterizedTest
    @MethodSource("values")
    void isWhatJacksonWrites(@Nullable Object value) {
        assertThat(new JsonText().value(value)).hasToString(JACKSON.writeValueAsString(value));
    }

    @ParameterizedTest
    @EnumSource
    void namesStepsAsJacksonDoes(OrderStep step) {
        assertThat(new JsonText().value(step)).hasToString(JACKSON.writeValueAsString(step));
    }

    @Test
    void separatesWhatIsInObjectsAndArrays() {
        JsonText json = new JsonText()
                .open('[')
                .open('{')
                .name("a\"b")
                .value("{")
                .name("c")
                .open('[')
                .value(":")
                .value(null)
                .close(']')
                .close('}')
                .open('{')
                .close('}')
                .close(']');

        assertThat(json).hasToString("[{\"a\\\"b\":\"{\",\"c\":[\":\",null]},{}]");
    }
}
