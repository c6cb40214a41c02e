package io.orderworkflow.console;

import static org.assertj.core.api.Assertions.assertThat;

import io.orderworkflow.api.order.FindOrderFlow;
import io.orderworkflow.api.order.FindOrderFlow.Window;
import io.orderworkflow.api.order.OrderFlow;
import io.orderworkflow.api.order.OrderFlow.Durations;
import io.orderworkflow.api.order.OrderFlow.Outcome;
import io.orderworkflow.api.order.OrderFlow.Rate;
import io.orderworkflow.api.order.OrderFlow.Share;
import io.orderworkflow.api.order.OrderFlow.Stage;
import io.orderworkflow.api.order.RejectionReason;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OverviewControllerTest extends PageTest {

    private static final Instant NOON = Instant.parse("2026-11-21T12:00:00Z");

    private void flows(long orders) {
        answers.to(FindOrderFlow.class, OrderFlow.class, query -> orders == 0 ? nothing(query) : flow(query, orders));
    }

    private static OrderFlow nothing(FindOrderFlow query) {
        return new OrderFlow(query.window(), NOON, NOON.plusSeconds(100), 0, List.of(), List.of(), durations(null));
    }

    private static OrderFlow flow(FindOrderFlow query, long orders) {
        return new OrderFlow(
                query.window(),
                NOON,
                NOON.plusSeconds(100),
                orders,
                List.of(new Rate(NOON, orders, 0.25)),
                List.of(
                        new Share(Outcome.CONFIRMED, null, 1_500, 0.75),
                        new Share(Outcome.REJECTED, RejectionReason.Code.OUT_OF_STOCK, 500, 0.25)),
                durations(1_300L));
    }

    private static List<Durations> durations(@Nullable Long millis) {
        return Arrays.stream(Stage.values())
                .map(stage -> new Durations(stage, 7, millis, millis, millis))
                .toList();
    }

    @Test
    void tellsInNumbersWhatIsDrawn() {
        flows(2_000);

        String page = page("/console");

        assertThat(page)
                .contains("<title>Overview · Order workflow</title>")
                .contains("<b>2,000</b>", "<b>20.0</b>", "<b>75.0 %</b>", "<b>25.0 %</b>", "<b>1.3 s</b>")
                .contains("data-outcome=\"REJECTED\" data-reason=\"Out of stock\" data-orders=\"500\"")
                .contains("data-stage=\"Authorise payment\" data-p50=\"1300\"")
                .contains("data-from=\"2026-11-21T12:00:00Z\" data-rate=\"0.25\"")
                .contains("role=\"img\"", "chart.umd.min.js");
    }

    @ParameterizedTest
    @CsvSource({"'', ONE_HOUR", "?window=5m, FIVE_MINUTES", "?window=7d, SEVEN_DAYS", "?window=forever, ONE_HOUR"})
    void looksBackAsFarAsTheAddressSays(String query, Window window) {
        flows(1);

        String page = page("/console" + query);

        assertThat(answers.asked(FindOrderFlow.class)).containsExactly(new FindOrderFlow(window));
        assertThat(page).contains("href=\"/console?window=" + window.label() + "\"");
    }

    @Test
    void isKeptUpToDateByItsNumbersAlone() {
        flows(2_000);

        assertThat(part("numbers", "/console?window=5m"))
                .contains("id=\"numbers\"", "data-poll")
                .doesNotContain("<canvas", "<h1");
    }

    @Test
    void saysWhenThereIsNothingToDraw() {
        flows(0);

        assertThat(page("/console")).contains("No order was placed in this time.", "–");
    }
}
