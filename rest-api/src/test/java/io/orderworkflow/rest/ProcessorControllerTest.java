package io.orderworkflow.rest;

import static org.assertj.core.api.Assertions.assertThat;

import io.orderworkflow.api.admin.MergeSegment;
import io.orderworkflow.api.admin.PauseProcessor;
import io.orderworkflow.api.admin.ResumeProcessor;
import io.orderworkflow.api.admin.SplitSegment;
import io.orderworkflow.platform.messaging.Correlation;
import java.net.http.HttpRequest.BodyPublishers;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

class ProcessorControllerTest extends RestApiTest {

    private static final String PATH = "/api/admin/processors";

    @Test
    void listsProcessors() {
        Answer answer = get(PATH);

        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        assertThat(answer.json().path("items").size()).isEqualTo(1);
        isTheProcessor(answer.json().path("items").path(0));
    }

    @Test
    void tellsOfOneProcessor() {
        Answer answer = get(PATH + "/order-view");

        assertThat(answer.status()).isEqualTo(200);
        isTheProcessor(answer.json());
    }

    private static void isTheProcessor(JsonNode processor) {
        assertThat(processor.path("name").asString()).isEqualTo("order-view");
        assertThat(processor.path("mode").asString()).isEqualTo("POOLED");
        assertThat(processor.path("running").asBoolean()).isTrue();
        JsonNode segment = processor.path("segments").path(0);
        assertThat(segment.path("id").asInt(-1)).isZero();
        assertThat(segment.path("position").asLong()).isEqualTo(41);
        assertThat(segment.path("lag").asLong()).isEqualTo(3);
        assertThat(segment.path("lagSeconds").asDouble()).isEqualTo(0.25);
        assertThat(segment.path("caughtUp").asBoolean(true)).isFalse();
        assertThat(segment.path("replaying").asBoolean(true)).isFalse();
        assertThat(segment.path("owner").asString()).isEqualTo("node-1");
        assertThat(segment.path("error").isNull()).isTrue();
        assertThat(processor.path("nodes").path(0).path("threads").asInt()).isEqualTo(2);
    }

    @Test
    void pausesAndResumes() {
        assertThat(post(PATH + "/order-view/pause", "", "X-Correlation-ID", "request-7")
                        .status())
                .isEqualTo(202);
        assertThat(post(PATH + "/order-view/resume", "").status()).isEqualTo(202);

        assertThat(operations.received())
                .containsExactly(new PauseProcessor("order-view"), new ResumeProcessor("order-view"));
        assertThat(operations.metaData())
                .first()
                .satisfies(from -> assertThat(from)
                        .containsEntry(Correlation.CORRELATION_ID, "request-7")
                        .containsKey(Correlation.USER_ID));
    }

    @Test
    void splitsAndMerges() {
        assertThat(post(PATH + "/order-view/split", "").status()).isEqualTo(202);
        assertThat(post(PATH + "/order-view/split?segment=1", "").status()).isEqualTo(202);
        assertThat(post(PATH + "/order-view/merge", "").status()).isEqualTo(202);

        assertThat(operations.received())
                .containsExactly(
                        new SplitSegment("order-view", null),
                        new SplitSegment("order-view", 1),
                        new MergeSegment("order-view", null));
    }

    @ParameterizedTest
    @ValueSource(strings = {"pause", "resume", "split", "merge"})
    void tellsThatThereIsNoSuchProcessor(String action) {
        get(PATH + "/nothing").isProblem(ProblemType.UNKNOWN_RESOURCE);
        post(PATH + "/nothing/" + action, "").isProblem(ProblemType.UNKNOWN_RESOURCE);
    }

    @Test
    void refusesWhatCannotBe() {
        post(PATH + "/order-view/split?segment=7", "").isProblem(ProblemType.UNKNOWN_SEGMENT);
        post(PATH + "/order-view/merge?segment=0", "").isProblem(ProblemType.SEGMENTS_NOT_CHANGEABLE);
    }

    @ParameterizedTest
    @CsvSource({"split,-1", "split,x", "merge,1.5", "merge,99999999999"})
    void refusesWhatIsNoSegment(String action, String segment) {
        Answer answer = send("POST", PATH + "/order-view/" + action + "?segment=" + segment, BodyPublishers.noBody());

        answer.isProblem(ProblemType.INVALID_REQUEST);
        assertThat(answer.json().path("errors").path(0).path("field").asString())
                .isEqualTo("segment");
        assertThat(operations.received()).isEmpty();
    }
}
