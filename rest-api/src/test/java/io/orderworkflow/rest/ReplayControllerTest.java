package io.orderworkflow.rest;

import static org.assertj.core.api.Assertions.assertThat;

import io.orderworkflow.api.admin.EndRebuild;
import io.orderworkflow.api.admin.RebuildView;
import io.orderworkflow.api.admin.StartRebuild;
import io.orderworkflow.api.admin.SwitchRebuild;
import io.orderworkflow.api.admin.SwitchRebuildBack;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReplayControllerTest extends RestApiTest {

    private static final String PATH = "/api/admin/processors/order-view/replay";

    @ParameterizedTest
    @CsvSource({"'', true", "?switch=auto, true", "?switch=manual, false"})
    void beginsAReplay(String parameters, boolean automatic) {
        Answer answer = post(PATH + parameters, "");

        assertThat(answer.status()).as(answer.body()).isEqualTo(202);
        assertThat(operations.received()).containsExactly(new StartRebuild("order-view", automatic));
    }

    @Test
    void switchesGoesBackAndEndsIt() {
        assertThat(post(PATH + "/switch", "").status()).isEqualTo(202);
        assertThat(post(PATH + "/back", "").status()).isEqualTo(202);
        assertThat(send("DELETE", PATH, BodyPublishers.noBody()).status()).isEqualTo(202);

        assertThat(operations.received())
                .containsExactly(
                        new SwitchRebuild("order-view"),
                        new SwitchRebuildBack("order-view"),
                        new EndRebuild("order-view"));
    }

    @Test
    void saysWhyAProcessorMayNot() {
        Answer answer = post("/api/admin/processors/order-processing/replay", "");

        assertThat(answer.status()).isEqualTo(409);
        assertThat(answer.json().path("detail").asString()).contains("acts on events");
    }

    @Test
    void knowsNoOtherWayToSwitch() {
        Answer answer = post(PATH + "?switch=never", "");

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.body()).contains("switch");
        assertThat(operations.received()).isEmpty();
    }

    @Test
    void tellsHowFarItIs() {
        operations.show(new RebuildView(
                "order-view",
                RebuildView.State.FILLING,
                true,
                Instant.parse("2026-11-21T10:15:30Z"),
                "ada",
                1000,
                400,
                1000,
                200.0,
                3L,
                null,
                null,
                List.of(new RebuildView.Difference("placed_order", 0, 0, 1, 0, List.of("key"))),
                null));

        Answer answer = get(PATH);

        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        assertThat(answer.json().path("position").asLong()).isEqualTo(400);
        assertThat(answer.json().path("secondsLeft").asLong()).isEqualTo(3);
        assertThat(answer.json()
                        .path("differences")
                        .path(0)
                        .path("sample")
                        .path(0)
                        .asString())
                .isEqualTo("key");
    }

    @Test
    void saysThatThereIsNone() {
        assertThat(get(PATH).status()).isEqualTo(404);
    }
}
