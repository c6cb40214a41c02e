package io.orderworkflow.rest;

import static org.assertj.core.api.Assertions.assertThat;

import io.orderworkflow.api.Amounts;
import io.orderworkflow.api.order.FindOrderFlow;
import io.orderworkflow.api.order.FindSales;
import io.orderworkflow.api.order.OrderFlow;
import io.orderworkflow.api.order.RejectionReason;
import io.orderworkflow.api.order.SalesReport;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ReportControllerTest extends RestApiTest {

    private static final Instant NOON = Instant.parse("2026-11-21T12:00:00Z");

    @Test
    void tellsWhatWasSold() {
        var subscription = queryBus.subscribe(FindSales.class.getName(), SalesReport.class, question -> {
            assertThat(question.getPayload()).isEqualTo(new FindSales(NOON, null, FindSales.Grouping.SKU));
            return new SalesReport(
                    NOON,
                    null,
                    FindSales.Grouping.SKU,
                    List.of(new SalesReport.Item("SKU-7", 2, 5L, Amounts.eur("19.90"))),
                    true);
        });
        Answer answer = get("/api/reports/sales?from=2026-11-21T12:00:00Z&by=sku");
        subscription.cancel();

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.json().path("items").get(0).toString())
                .isEqualTo(
                        "{\"key\":\"SKU-7\",\"orders\":2,\"pieces\":5,\"total\":{\"amount\":\"19.90\",\"currency\":\"EUR\"}}");
    }

    @ParameterizedTest
    @CsvSource({"'', ONE_HOUR", "window=5m, FIVE_MINUTES", "window=24h, ONE_DAY", "window=7d, SEVEN_DAYS"})
    void tellsHowOrdersFlow(String query, FindOrderFlow.Window window) {
        var subscription = queryBus.subscribe(FindOrderFlow.class.getName(), OrderFlow.class, question -> {
            assertThat(question.getPayload()).isEqualTo(new FindOrderFlow(window));
            return new OrderFlow(
                    window,
                    NOON,
                    NOON,
                    4,
                    List.of(new OrderFlow.Rate(NOON, 4, 0.8)),
                    List.of(new OrderFlow.Share(
                            OrderFlow.Outcome.REJECTED, RejectionReason.Code.OUT_OF_STOCK, 1, 0.25)),
                    List.of(new OrderFlow.Durations(OrderFlow.Stage.SETTLE, 3, 20L, 30L, null)));
        });
        Answer answer = get("/api/reports/flow?" + query);
        subscription.cancel();

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.json().path("rates").get(0).toString())
                .isEqualTo("{\"from\":\"2026-11-21T12:00:00Z\",\"orders\":4,\"perSecond\":0.8}");
        assertThat(answer.json().path("outcomes").get(0).toString())
                .isEqualTo("{\"outcome\":\"REJECTED\",\"reason\":\"OUT_OF_STOCK\",\"orders\":1,\"share\":0.25}");
        assertThat(answer.json().path("durations").get(0).path("p95").asLong()).isEqualTo(30);
    }

    @ParameterizedTest
    @ValueSource(strings = {"2h", "ONE_HOUR", "''", "5M"})
    void refusesAWindowThatItDoesNotKnow(String window) {
        Answer answer = get("/api/reports/flow?window=" + window);

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.json().path("errors").get(0).path("field").asString()).isEqualTo("window");
        assertThat(answer.json().path("errors").get(0).path("rule").asString()).contains("5m, 1h, 24h or 7d");
    }

    @ParameterizedTest
    @CsvSource({
        "by=week,               by",
        "by=DAY,                by",
        "from=yesterday,        from",
        "to=2026-11-21,         to",
        "from=2026-11-21T12:00:00Z&to=2026-11-20T12:00:00Z, from",
    })
    void refusesWhatItCannotTell(String query, String field) {
        Answer answer = get("/api/reports/sales?" + query);

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.json().path("errors").get(0).path("field").asString()).isEqualTo(field);
    }
}
