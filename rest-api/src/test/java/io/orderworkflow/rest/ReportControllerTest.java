package io.orderworkflow.rest;

import static org.assertj.core.api.Assertions.assertThat;

import io.orderworkflow.api.Amounts;
import io.orderworkflow.api.order.FindSales;
import io.orderworkflow.api.order.SalesReport;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

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
