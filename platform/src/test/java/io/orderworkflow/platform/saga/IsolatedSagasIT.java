package io.orderworkflow.platform.saga;

import static io.orderworkflow.api.admin.ParkedStepState.RETRYING;
import static org.assertj.core.api.Assertions.assertThat;

import io.orderworkflow.platform.counter.CountingRules;
import io.orderworkflow.platform.saga.Errand.Trouble;
import io.orderworkflow.platform.saga.ParkedSteps.Selection;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.dao.TransientDataAccessResourceException;

/** Sagas of which some fail, while the others go on. */
class IsolatedSagasIT extends ParkedErrands {

    @ParameterizedTest
    @ValueSource(strings = {"bug", "refused", Trouble.UNWRITABLE})
    void parksAnErrandThatFailsWhileAllOthersGoOn(String trouble) {
        cause(trouble);

        begin(100);
        publish(tasks(100, "first"));
        publish(tasks(100, "second")
                .map(task -> task.errandId().endsWith("7") ? task(task.errandId(), trouble) : task));
        publish(tasks(100, "third"));

        eventually(() -> assertThat(done("e-8")).containsExactly("first", "second", "third"));
        eventually(() -> assertThat(errandsWith("third")).hasSize(90));
        assertThat(node.get(ParkedSteps.class).count(Selection.ALL, null)).isEqualTo(10);
        assertThat(counted("e-8")).containsExactly("first", "second", "third");
        assertThat(scheduled()).contains("errand/e-8");
        eventually(() -> assertThat(parked())
                .hasSize(10)
                .allSatisfy(step -> assertThat(step.sequence()).endsWith("7"))
                .allSatisfy(step -> assertThat(step.state()).isEqualTo(RETRYING)));
        assertThat(parkedEvents("e-7")).endsWith(trouble, "third");
    }

    @Test
    void parksNothingForAFaultThatPassesAndHitsEverybody() {
        AtomicInteger faults = new AtomicInteger();
        node.get(Trouble.class).with("hiccup", task -> {
            if (faults.incrementAndGet() <= 2) {
                throw new TransientDataAccessResourceException("the database is away");
            }
        });

        begin(10);
        publish(tasks(10, "first"));
        publish(task("e-3", "hiccup"));

        eventually(() -> assertThat(done("e-3")).containsExactly("first", "hiccup"));
        assertThat(everParked()).isZero();
    }

    @Test
    void asksAgainForAsLongAsItTakesWhereOnlyOneAnswerIsLateAndLetsTheOthersGoOn() {
        CountDownLatch answered = new CountDownLatch(1);
        node.get(CountingRules.class).set(command -> {
            if (command.reason().equals("slow")) {
                waitFor(answered);
            }
        });
        begin(20);
        publish(Stream.concat(
                Stream.of(task("e-0", "slow"), task("e-0", "second")),
                tasks(20, "first").filter(task -> !task.errandId().equals("e-0"))));

        // Those that are on the same lane are late as well.
        eventually(() -> assertThat(errandsWith("first")).hasSizeGreaterThan(5));
        eventually(() -> {
            clock.advance(Duration.ofSeconds(3));
            assertThat(parked()).anySatisfy(step -> {
                assertThat(step.sequence()).isEqualTo("e-0");
                assertThat(step.attempts()).isGreaterThan(4);
                assertThat(step.cause()).isEqualTo("TimeoutException");
            });
        });
        assertThat(parked()).extracting(ParkedStep::state).containsOnly(RETRYING);
        answered.countDown();

        eventually(() -> {
            clock.advance(Duration.ofSeconds(3));
            assertThat(done("e-0")).containsExactly("slow", "second");
            assertThat(errandsWith("first")).hasSize(19);
            assertThat(parked()).isEmpty();
        });
    }

    @Test
    void parksWhatCannotBeReadAndReadsItOnceItIsRepaired() {
        begin(2);
        publish(tasks(2, "first"));
        eventually(() -> assertThat(errandsWith("first")).hasSize(2));
        node.jdbc()
                .sql("update saga_entry set state = '[' where association = 'e-0'")
                .update();
        publish(tasks(2, "second"));

        eventually(() -> assertThat(done("e-1")).containsExactly("first", "second"));
        eventually(() -> assertThat(parked()).singleElement().satisfies(step -> {
            assertThat(step.sequence()).isEqualTo("e-0");
            assertThat(step.cause()).isEqualTo("SerializationException");
        }));
        node.jdbc()
                .sql("update saga_entry set state = convert_to('{\"errandId\":\"e-0\",\"done\":[]}', 'UTF8')"
                        + " where association = 'e-0'")
                .update();
        clock.advance(Duration.ofSeconds(1));

        eventually(() -> assertThat(done("e-0")).containsExactly("second"));
    }

    private long everParked() {
        return node.jdbc()
                .sql("select coalesce(pg_sequence_last_value('parked_event_position_seq'), 0)")
                .query(Long.class)
                .single();
    }

    private List<String> scheduled() {
        return node.jdbc()
                .sql("select name from scheduled_command")
                .query(String.class)
                .list();
    }

    private static void waitFor(CountDownLatch latch) {
        try {
            boolean unused = latch.await(30, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
