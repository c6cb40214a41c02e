package io.orderworkflow.rest;

import static org.assertj.core.api.Assertions.assertThat;

import io.orderworkflow.api.admin.DiscardParkedSteps;
import io.orderworkflow.api.admin.FindParkedStepActions;
import io.orderworkflow.api.admin.FindParkedSteps;
import io.orderworkflow.api.admin.ParkedStepAction;
import io.orderworkflow.api.admin.ParkedStepState;
import io.orderworkflow.api.admin.ParkedStepView;
import io.orderworkflow.api.admin.RetryParkedSteps;
import io.orderworkflow.platform.messaging.Correlation;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

class ParkedStepControllerTest extends RestApiTest {

    private static final String PATH = "/api/admin/parked-steps";
    private static final String ORDER = "00000000-0000-0000-0000-000000000001";

    @Test
    void listsFailedStepsWithWhatWasDoneAboutThem() {
        operations.show(step());

        Answer answer = get(PATH + "?cause=UNKNOWN&state=PARKED&page=1&size=50");

        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        JsonNode item = answer.json().path("items").path(0);
        assertThat(item.path("orderId").asString()).isEqualTo(ORDER);
        assertThat(item.path("since").asString()).isEqualTo("2026-11-21T10:15:30Z");
        assertThat(item.path("nextTryAt").isNull()).isTrue();
        assertThat(item.path("actions").path(0).path("kind").asString()).isEqualTo("RETRY");
        assertThat(operations.received())
                .containsExactly(new FindParkedSteps(null, "UNKNOWN", ParkedStepState.PARKED, 1, 50));
    }

    @Test
    void listsWhatWasDoneAboutAnOrder() {
        operations.show(step());

        Answer answer = get(PATH + "/" + ORDER + "/actions");

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.json().path("items").path(0).path("userId").asString())
                .isEqualTo("ada");
        assertThat(operations.received()).containsExactly(new FindParkedStepActions(ORDER));
    }

    @Test
    void hasAStepTriedAgain() {
        Answer answer = post(PATH + "/" + ORDER + "/retry", "", "X-Correlation-ID", "request-7");

        assertThat(answer.status()).isEqualTo(202);
        assertThat(answer.json().path("steps").asInt()).isEqualTo(3);
        assertThat(operations.received()).containsExactly(new RetryParkedSteps(ORDER, null));
        assertThat(operations.metaData())
                .singleElement()
                .satisfies(from -> assertThat(from)
                        .containsEntry(Correlation.CORRELATION_ID, "request-7")
                        .containsKey(Correlation.USER_ID));
    }

    @Test
    void hasAllStepsOfACauseTriedAgain() {
        Answer answer = post(PATH + "/retry?cause=IllegalStateException", "");

        assertThat(answer.status()).isEqualTo(202);
        assertThat(operations.received()).containsExactly(new RetryParkedSteps(null, "IllegalStateException"));
    }

    @ParameterizedTest
    @CsvSource({"'',false", "&all=true,true"})
    void discardsAStepForAReason(String parameter, boolean all) {
        Answer answer = delete(PATH + "/" + ORDER + "?reason=by%20phone" + parameter);

        assertThat(answer.status()).isEqualTo(202);
        assertThat(operations.received()).containsExactly(new DiscardParkedSteps(ORDER, null, all, "by phone"));
    }

    @Test
    void discardsAllStepsOfACause() {
        Answer answer = delete(PATH + "?cause=UNKNOWN&reason=by%20phone");

        assertThat(answer.status()).isEqualTo(202);
        assertThat(operations.received()).containsExactly(new DiscardParkedSteps(null, "UNKNOWN", false, "by phone"));
    }

    @Test
    void tellsThatNoStepOfAnOrderFailed() {
        post(PATH + "/" + StubOperations.UNKNOWN + "/retry", "").isProblem(ProblemType.UNKNOWN_RESOURCE);
        delete(PATH + "/" + StubOperations.UNKNOWN + "?reason=none").isProblem(ProblemType.UNKNOWN_RESOURCE);
    }

    @ParameterizedTest
    @CsvSource({
        "DELETE, /00000000-0000-0000-0000-000000000001, reason",
        "DELETE, /00000000-0000-0000-0000-000000000001?reason=%20, reason",
        "DELETE, /00000000-0000-0000-0000-000000000001?reason=x&all=maybe, all",
        "DELETE, ?reason=x, cause",
        "DELETE, ?cause=UNKNOWN, reason",
        "POST, /retry, cause",
        "GET, ?state=LOST, state",
        "GET, ?size=201, size",
        "GET, ?page=-1, page",
    })
    void refusesWhatIsNotValid(String method, String rest, String field) {
        Answer answer = send(method, PATH + rest, BodyPublishers.noBody());

        answer.isProblem(ProblemType.INVALID_REQUEST);
        assertThat(answer.json().path("errors").path(0).path("field").asString())
                .isEqualTo(field);
        assertThat(operations.received()).isEmpty();
    }

    private Answer delete(String path) {
        return send("DELETE", path, BodyPublishers.noBody());
    }

    private static ParkedStepView step() {
        Instant at = Instant.parse("2026-11-21T10:15:30Z");
        return new ParkedStepView(
                ORDER,
                "OrderProcessingSaga",
                "StockReserved",
                "event-1",
                ParkedStepState.PARKED,
                at,
                at.plusSeconds(31),
                6,
                "UNKNOWN",
                "nothing is known of it",
                null,
                2,
                List.of(new ParkedStepAction(
                        "OrderProcessingSaga",
                        ParkedStepAction.Kind.RETRY,
                        at,
                        "ada",
                        "request-1",
                        "UNKNOWN",
                        "nothing is known of it",
                        List.of("StockReserved"),
                        null)));
    }
}
