package io.orderworkflow.platform.saga;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.orderworkflow.api.admin.ParkedStepAction;
import io.orderworkflow.platform.saga.ParkedSteps.Selection;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.boot.health.contributor.Status;

/** What operators see of parked steps, and what becomes of them by what they decide. */
class ParkedStepsIT extends ParkedErrands {

    @Test
    void leavesOutWhatAnOperatorDiscards() {
        cause("bug");
        cause("refused");
        begin(3);
        publish(task("e-0", "bug"), task("e-0", "second"), task("e-1", "bug"), task("e-1", "second"));
        publish(task("e-2", "refused"));
        eventually(() -> assertThat(parkedEvents("e-0")).endsWith("bug", "second"));
        eventually(() -> assertThat(parkedEvents("e-1")).endsWith("bug", "second"));
        // The errands may have begun in the same batch: that is handled at the first try.
        clock.advance(Duration.ofSeconds(1));
        eventually(() -> assertThat(parkedEvents("e-0")).containsExactly("bug", "second"));
        eventually(() -> assertThat(parkedEvents("e-1")).containsExactly("bug", "second"));
        eventually(() -> assertThat(parked())
                .allSatisfy(step -> assertThat(step.attempts()).isPositive()));

        assertThat(decide(
                        steps -> steps.discard(Selection.ofSequence("e-0"), false, ADA, "not needed", clock.instant())))
                .isOne();
        assertThat(decide(steps -> steps.discard(
                        Selection.ofCause("IllegalStateException"), true, ADA, "all wrong", clock.instant())))
                .isOne();

        eventually(() -> assertThat(done("e-0")).containsExactly("second"));
        eventually(() -> assertThat(parked()).extracting(ParkedStep::sequence).containsExactly("e-2"));
        assertThat(done("e-1")).isEmpty();
        publish(task("e-1", "third"));
        eventually(() -> assertThat(done("e-1")).containsExactly("third"));
        assertThat(actions("e-0"))
                .extracting(ParkedStepAction::kind, ParkedStepAction::events, ParkedStepAction::reason)
                .containsExactly(tuple(ParkedStepAction.Kind.DISCARD, List.of("TaskSet"), "not needed"));
        assertThat(actions("e-1"))
                .extracting(ParkedStepAction::kind, ParkedStepAction::events, ParkedStepAction::reason)
                .containsExactly(tuple(ParkedStepAction.Kind.DISCARD_ALL, List.of("TaskSet", "TaskSet"), "all wrong"));
    }

    @Test
    void tellsHowManyStepsAreParkedAndForHowLong() {
        SimpleMeterRegistry meters = new SimpleMeterRegistry();
        node.get(ParkedStepMetrics.class).bindTo(meters);
        assertThat(meters.get("order.workflow.parked.steps.oldest").gauge().value())
                .isZero();
        cause("bug");
        begin(2);
        publish(tasks(2, "bug"));
        eventually(() -> assertThat(parked()).hasSize(2));

        clock.advance(Duration.ofMillis(500));

        assertThat(meters.get("order.workflow.parked.steps")
                        .tag("state", "retrying")
                        .gauge()
                        .value())
                .isEqualTo(2);
        assertThat(meters.get("order.workflow.parked.steps")
                        .tag("state", "parked")
                        .gauge()
                        .value())
                .isZero();
        assertThat(meters.get("order.workflow.parked.steps.oldest").gauge().value())
                .isEqualTo(0.5);
        var health = node.get(ParkedStepsHealthIndicator.class).health();
        assertThat(health.getStatus()).isEqualTo(Status.UP);
        assertThat(health.getDetails()).containsEntry("retrying", 2L).containsEntry("retryingSince", START);
    }
}
