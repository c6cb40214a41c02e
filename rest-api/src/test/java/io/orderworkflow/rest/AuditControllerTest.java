package io.orderworkflow.rest;

import static org.assertj.core.api.Assertions.assertThat;

import io.orderworkflow.api.OrderId;
import io.orderworkflow.api.audit.AuditReport;
import io.orderworkflow.api.audit.AuditRule;
import io.orderworkflow.api.audit.FindAuditReport;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class AuditControllerTest extends RestApiTest {

    private static final Instant NOON = Instant.parse("2026-11-21T12:00:00Z");
    private static final OrderId ORDER_ID = OrderId.forIdempotencyKey("key-1");
    private static final AuditReport REPORT = new AuditReport(
            true,
            1,
            2,
            List.of(new AuditReport.Breach(
                    AuditRule.CONFIRMED_IS_CAPTURED,
                    "order:" + ORDER_ID,
                    List.of(ORDER_ID),
                    NOON,
                    NOON.plusSeconds(30),
                    "it has no payment")),
            List.of(new AuditReport.Run(NOON, 12, 10, 3, 20, 123, 1)));

    @Test
    void looksAndTellsWhatIsBroken() {
        var subscription = queryBus.subscribe(FindAuditReport.class.getName(), AuditReport.class, question -> {
            assertThat(question.getPayload()).isEqualTo(new FindAuditReport(true));
            return REPORT;
        });
        Answer answer = get("/api/admin/audit");
        subscription.cancel();

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.json().path("openBreaches").asLong()).isEqualTo(1);
        assertThat(answer.json().path("suspicions").asLong()).isEqualTo(2);
        JsonNode breach = answer.json().path("breaches").get(0);
        assertThat(breach.path("rule").asString()).isEqualTo("CONFIRMED_IS_CAPTURED");
        assertThat(breach.path("orders").get(0).asString()).isEqualTo(ORDER_ID.toString());
        assertThat(breach.path("firstSeen").asString()).isEqualTo("2026-11-21T12:00:00Z");
        assertThat(answer.json().path("runs").get(0).path("rowsRead").asLong()).isEqualTo(123);
    }

    @Test
    void tellsThatNobodyLooksWhereNoAuditorRuns() {
        assertThat(get("/api/admin/audit").status()).isEqualTo(503);
    }
}
