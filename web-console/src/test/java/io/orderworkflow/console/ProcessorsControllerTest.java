package io.orderworkflow.console;

import static org.assertj.core.api.Assertions.assertThat;

import io.orderworkflow.api.admin.FindProcessors;
import io.orderworkflow.api.admin.FindRebuild;
import io.orderworkflow.api.admin.ProcessorView;
import io.orderworkflow.api.admin.Processors;
import io.orderworkflow.api.admin.RebuildView;
import io.orderworkflow.api.admin.RebuildView.Difference;
import io.orderworkflow.api.admin.RebuildView.State;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ProcessorsControllerTest extends PageTest {

    @BeforeEach
    void someProcessorsRun() {
        answers.to(
                FindProcessors.class,
                Processors.class,
                query -> new Processors(List.of(
                        processor("order-processing", null, 0, null),
                        processor("order-view", null, 12, "it broke <here>"),
                        processor("payment-provider", new ProcessorView.Pause(Instant.EPOCH, "olga", "c"), 0, null),
                        new ProcessorView(
                                "order-view-next", ProcessorView.Mode.POOLED, false, null, List.of(), List.of()))));
        thereIs(null);
    }

    private void thereIs(@Nullable RebuildView rebuild) {
        answers.to(FindRebuild.class, RebuildView.class, query -> rebuild);
    }

    private static ProcessorView processor(
            String name, ProcessorView.@Nullable Pause pause, long lag, @Nullable String failure) {
        return new ProcessorView(
                name,
                ProcessorView.Mode.POOLED,
                pause == null,
                pause,
                List.of(
                        new ProcessorView.Segment(0, 2, 100, 0, 0, true, false, "node-1", null, null),
                        new ProcessorView.Segment(
                                1,
                                2,
                                100 - lag,
                                lag,
                                lag * 0.5,
                                lag == 0,
                                false,
                                "node-1",
                                null,
                                failure == null ? null : new ProcessorView.Failure(failure, Instant.EPOCH, "node-1"))),
                List.of(new ProcessorView.Node("node-1", pause == null, 2, Instant.EPOCH)));
    }

    private static RebuildView rebuild(State state, @Nullable List<Difference> differences) {
        return new RebuildView(
                "order-view",
                state,
                false,
                Instant.EPOCH,
                "olga",
                199,
                49,
                199,
                20_000.0,
                state == State.FILLING ? 3L : 0L,
                null,
                null,
                differences,
                null);
    }

    @Test
    void showsHowFarEachIsBehindAndWhatItFailsWith() {
        String page = page("/console/processors");

        assertThat(page)
                .contains("12 events", "6.0 s", "it broke &lt;here&gt;", "Failing", "Paused", "olga")
                .contains("data-action=\"POST /api/admin/processors/order-view/pause\"")
                .contains("data-action=\"POST /api/admin/processors/payment-provider/resume\"")
                .contains("data-action=\"POST /api/admin/processors/order-view/split\"")
                .contains("data-action=\"POST /api/admin/processors/order-view/merge\"")
                .doesNotContain("order-view-next");
    }

    @Test
    void offersToRebuildReadModelsOnly() {
        assertThat(page("/console/processors"))
                .contains("data-action=\"POST /api/admin/processors/order-view/replay?switch=auto\"")
                .contains("data-action=\"POST /api/admin/processors/order-view/replay?switch=manual\"")
                .doesNotContain("/api/admin/processors/order-processing/replay");
        assertThat(answers.asked(FindRebuild.class)).containsExactly(new FindRebuild("order-view"));
    }

    @Test
    void showsTheProgressOfARebuild() {
        thereIs(rebuild(State.FILLING, null));

        assertThat(page("/console/processors"))
                .containsPattern(
                        "<progress max=\"100\" value=\"25\" aria-label=\"Progress of the rebuild of order-view\"")
                .contains("20,000 events/s", "about 3 s left", "Give the rebuild up")
                .doesNotContain("/replay/switch");
    }

    @Test
    void showsWhatDiffersBeforeTheSwitch() {
        thereIs(rebuild(State.READY, List.of(new Difference("placed_order", 0, 2, 1, 0, List.of("a", "b")))));

        assertThat(page("/console/processors"))
                .contains("What is different", "placed_order", "a, b")
                .contains("data-action=\"POST /api/admin/processors/order-view/replay/switch\"");
    }

    @Test
    void offersTheWayBackAfterTheSwitch() {
        thereIs(rebuild(State.SWITCHED, List.of(new Difference("placed_order", 0, 0, 0, 0, List.of()))));

        assertThat(page("/console/processors"))
                .contains("No difference", "Drop the old")
                .contains("data-action=\"POST /api/admin/processors/order-view/replay/back\"")
                .contains("data-action=\"DELETE /api/admin/processors/order-view/replay\"");
    }
}
