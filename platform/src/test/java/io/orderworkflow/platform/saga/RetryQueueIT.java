package io.orderworkflow.platform.saga;

import static io.orderworkflow.api.admin.ParkedStepState.PARKED;
import static io.orderworkflow.api.admin.ParkedStepState.RETRYING;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.orderworkflow.api.admin.ParkedStepAction;
import io.orderworkflow.platform.PlatformNode;
import io.orderworkflow.platform.saga.Errand.Trouble;
import io.orderworkflow.platform.saga.ErrandEvents.ErrandEnded;
import io.orderworkflow.platform.saga.ParkedSteps.Selection;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Steps that are tried again by themselves, in order and as often as told. */
class RetryQueueIT extends ParkedErrands {

    @Test
    void handlesAParkedErrandInOrderByItselfOnceItCan() {
        cause("bug");
        begin(2);
        publish(task("e-0", "first"), task("e-0", "bug"), task("e-0", "third"), task("e-1", "first"));
        eventually(() -> assertThat(parkedEvents("e-0")).endsWith("bug", "third"));
        publish(task("e-0", "fourth"), task("e-1", "second"));
        eventually(() -> assertThat(parkedEvents("e-0")).endsWith("bug", "third", "fourth"));
        node.get(Trouble.class).repair("bug");

        clock.advance(Duration.ofMinutes(1));

        eventually(() -> assertThat(done("e-0")).containsExactly("first", "bug", "third", "fourth"));
        eventually(() -> assertThat(parked()).isEmpty());
        assertThat(counted("e-0")).endsWith("third", "fourth");
        publish(task("e-0", "fifth"), new ErrandEnded("e-1"));
        eventually(() -> assertThat(done("e-0")).endsWith("fourth", "fifth"));
        eventually(() -> assertThat(states()).hasSize(1));
    }

    @Test
    void triesAgainWithGrowingIntervalsAndAtLastWaitsForAnOperator() {
        AtomicInteger tries = new AtomicInteger();
        begin(1);
        publish(task("e-0", "first"));
        eventually(() -> assertThat(done("e-0")).containsExactly("first"));
        node.get(Trouble.class).with("bug", task -> {
            tries.incrementAndGet();
            throw new IllegalStateException("a bug");
        });
        publish(task("e-0", "bug"), task("e-0", "third"));

        for (Duration interval : List.of(Duration.ofSeconds(1), Duration.ofSeconds(2), Duration.ofSeconds(3))) {
            eventually(() -> assertThat(parked())
                    .extracting(ParkedStep::state, ParkedStep::nextTryAt)
                    .containsExactly(tuple(RETRYING, clock.instant().plus(interval))));
            int before = tries.get();
            clock.advance(interval.minusMillis(1));
            tryDue();
            assertThat(tries).hasValue(before);
            clock.advance(Duration.ofMillis(1));
            eventually(() -> assertThat(tries).hasValue(before + 1));
        }

        eventually(() -> assertThat(parked()).singleElement().satisfies(step -> {
            assertThat(step.state()).isEqualTo(PARKED);
            assertThat(step.nextTryAt()).isNull();
            assertThat(step.attempts()).isEqualTo(4);
            assertThat(step.event()).isEqualTo("TaskSet");
            assertThat(step.cause()).isEqualTo("IllegalStateException");
            assertThat(step.message()).isEqualTo("a bug");
            assertThat(step.waiting()).isOne();
            assertThat(step.since()).isEqualTo(START);
        }));
        clock.advance(Duration.ofDays(1));
        tryDue();
        assertThat(tries).hasValue(4);

        assertThat(decide(steps -> steps.retry(Selection.ofSequence("e-0"), ADA, clock.instant())))
                .isOne();
        eventually(() -> assertThat(parked())
                .extracting(ParkedStep::state, ParkedStep::attempts)
                .containsExactly(tuple(PARKED, 5)));
        node.get(Trouble.class).repair("bug");
        assertThat(decide(steps -> steps.retry(Selection.ofCause("IllegalStateException"), ADA, clock.instant())))
                .isOne();

        eventually(() -> assertThat(done("e-0")).containsExactly("first", "bug", "third"));
        assertThat(actions("e-0"))
                .hasSize(2)
                .allSatisfy(action -> assertThat(action)
                        .extracting(
                                ParkedStepAction::kind,
                                ParkedStepAction::userId,
                                ParkedStepAction::correlationId,
                                ParkedStepAction::cause,
                                ParkedStepAction::events)
                        .containsExactly(
                                ParkedStepAction.Kind.RETRY,
                                "ada",
                                "request-1",
                                "IllegalStateException",
                                List.of("TaskSet")));
    }

    @Test
    void goesOnWithWhatIsParkedAfterARestart() {
        cause("bug");
        begin(5);
        publish(tasks(5, "bug"));
        publish(tasks(5, "second"));
        eventually(() -> assertThat(parked()).hasSize(5));
        eventually(() -> assertThat(parkedEvents("e-4")).endsWith("bug", "second"));

        restart();
        publish(tasks(5, "third"));
        eventually(() -> assertThat(parkedEvents("e-4")).endsWith("bug", "second", "third"));
        clock.advance(Duration.ofSeconds(10));

        eventually(() -> assertThat(done("e-4")).containsExactly("bug", "second", "third"));
        eventually(() -> assertThat(parked()).isEmpty());
    }

    @Test
    void handlesEachParkedEventOnceThoughSeveralNodesTryAndMoreArrive() {
        PlatformNode other = newNode();
        Stream.of(node, other)
                .forEach(one -> one.get(Trouble.class).with("bug", task -> {
                    throw new IllegalStateException("a bug");
                }));
        begin(200);
        publish(tasks(200, "bug"));
        eventually(() -> assertThat(parked()).hasSize(200));
        Stream.of(node, other).forEach(one -> one.get(Trouble.class).repair("bug"));

        clock.advance(Duration.ofSeconds(10));
        IntStream.range(0, 10).forEach(i -> publish(tasks(200, "more-" + i)));

        List<String> all = Stream.concat(
                        Stream.of("bug"), IntStream.range(0, 10).mapToObj(i -> "more-" + i))
                .toList();
        eventually(() -> {
            // Those that failed once more before they were repaired.
            clock.advance(Duration.ofSeconds(3));
            assertThat(IntStream.range(0, 200).mapToObj(i -> done("e-" + i))).allMatch(all::equals);
        });
        eventually(() -> assertThat(parked()).isEmpty());
        assertThat(orphans()).isZero();
    }

    /** As the retrier does now and then. */
    private void tryDue() {
        node.get(SagaParking.class).retryDue();
    }

    private long orphans() {
        return node.jdbc()
                .sql("select count(*) from parked_event")
                .query(Long.class)
                .single();
    }

    private List<String> states() {
        return node.jdbc()
                .sql("select association from saga_entry")
                .query(String.class)
                .list();
    }
}
