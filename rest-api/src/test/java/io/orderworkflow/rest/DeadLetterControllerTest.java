package io.orderworkflow.rest;

import static org.assertj.core.api.Assertions.assertThat;

import io.orderworkflow.api.admin.DiscardDeadLetters;
import io.orderworkflow.api.admin.FindDeadLetterActions;
import io.orderworkflow.api.admin.FindDeadLetters;
import io.orderworkflow.api.admin.ParkedStepState;
import io.orderworkflow.api.admin.RetryDeadLetters;
import io.orderworkflow.platform.messaging.Correlation;
import java.net.http.HttpRequest.BodyPublishers;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

class DeadLetterControllerTest extends RestApiTest {

    private static final String PATH = "/api/admin/dead-letters";
    private static final String ORDER = "00000000-0000-0000-0000-000000000001";

    @Test
    void listsParkedSequences() {
        Answer answer = get(PATH + "?cause=IllegalStateException&state=RETRYING&page=1&size=50");

        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        JsonNode item = answer.json().path("items").path(0);
        assertThat(item.path("processor").asString()).isEqualTo("order-view");
        assertThat(item.path("sequence").asString()).isEqualTo(ORDER);
        assertThat(item.path("position").asLong()).isEqualTo(41);
        assertThat(item.path("waitingEvents").asLong()).isEqualTo(3);
        assertThat(item.path("nextTryAt").asString()).isEqualTo("2026-11-21T10:15:33Z");
        assertThat(item.path("actions").path(0).path("kind").asString()).isEqualTo("RETRY");
        assertThat(operations.received())
                .containsExactly(
                        new FindDeadLetters(null, null, "IllegalStateException", ParkedStepState.RETRYING, 1, 50));
    }

    @Test
    void listsThoseOfOneProcessor() {
        Answer answer = get(PATH + "/order-view?sequence=SKU.1");

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.json().path("page").path("totalItems").asLong()).isEqualTo(1);
        assertThat(operations.received())
                .containsExactly(new FindDeadLetters("order-view", "SKU.1", null, null, 0, 20));
    }

    @Test
    void tellsThatThereIsNoSuchProcessor() {
        get(PATH + "/nothing").isProblem(ProblemType.UNKNOWN_RESOURCE);
    }

    @Test
    void listsWhatWasDoneAboutASequence() {
        Answer answer = get(PATH + "/order-view/" + ORDER + "/actions");

        assertThat(answer.json().path("items").path(0).path("userId").asString())
                .isEqualTo("ada");
        assertThat(operations.received()).containsExactly(new FindDeadLetterActions("order-view", ORDER));
    }

    @ParameterizedTest
    @ValueSource(strings = {ORDER, "SKU-1.x_y"})
    void hasASequenceTriedAgain(String sequence) {
        Answer answer = post(PATH + "/order-view/" + sequence + "/retry", "", "X-Correlation-ID", "request-7");

        assertThat(answer.status()).isEqualTo(202);
        assertThat(answer.json().path("sequences").asInt()).isEqualTo(3);
        assertThat(operations.received()).containsExactly(new RetryDeadLetters("order-view", sequence, null));
        assertThat(operations.metaData())
                .singleElement()
                .satisfies(from -> assertThat(from)
                        .containsEntry(Correlation.CORRELATION_ID, "request-7")
                        .containsKey(Correlation.USER_ID));
    }

    @Test
    void hasAllOfACauseTriedAgain() {
        assertThat(post(PATH + "/order-view/retry?cause=IllegalStateException", "")
                        .status())
                .isEqualTo(202);

        assertThat(operations.received())
                .containsExactly(new RetryDeadLetters("order-view", null, "IllegalStateException"));
    }

    @ParameterizedTest
    @CsvSource({"'',false", "&all=true,true"})
    void discardsForAReason(String parameter, boolean all) {
        Answer answer = send(
                "DELETE", PATH + "/order-view/" + ORDER + "?reason=by%20phone" + parameter, BodyPublishers.noBody());

        assertThat(answer.status()).isEqualTo(202);
        assertThat(operations.received()).containsExactly(new DiscardDeadLetters("order-view", ORDER, all, "by phone"));
    }

    @Test
    void tellsThatNothingIsParked() {
        String unknown = PATH + "/order-view/" + StubOperations.UNKNOWN;
        post(unknown + "/retry", "").isProblem(ProblemType.UNKNOWN_RESOURCE);
        send("DELETE", unknown + "?reason=none", BodyPublishers.noBody()).isProblem(ProblemType.UNKNOWN_RESOURCE);
    }

    @ParameterizedTest
    @CsvSource({
        "DELETE, /order-view/SKU-1, reason",
        "DELETE, /order-view/SKU-1?reason=%20, reason",
        "DELETE, /order-view/SKU-1?reason=x&all=maybe, all",
        "POST, /order-view/retry, cause",
        "GET, ?state=LOST, state",
        "GET, /order-view?size=201, size",
        "GET, ?page=-1, page",
    })
    void refusesWhatIsNotValid(String method, String rest, String field) {
        Answer answer = send(method, PATH + rest, BodyPublishers.noBody());

        answer.isProblem(ProblemType.INVALID_REQUEST);
        assertThat(answer.json().path("errors").path(0).path("field").asString())
                .isEqualTo(field);
        assertThat(operations.received()).isEmpty();
    }
}
