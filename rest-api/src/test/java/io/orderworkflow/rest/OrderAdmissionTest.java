package io.orderworkflow.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.MeterRegistry;
import io.orderworkflow.api.admin.ProcessorView;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.beans.factory.annotation.Autowired;

/** What becomes of orders when those before them are not kept up with. */
class OrderAdmissionTest extends RestApiTest {

    private static final Instant NOW = Instant.parse("2026-11-22T10:00:00Z");
    private static final int MOST = 2_000;

    @Autowired
    MeterRegistry meters;

    @AfterEach
    void keepUpAgain() {
        operations.reset();
        await().until(() -> place().status() == 202);
    }

    @Test
    void turnsOrdersAwayUntilHalfOfWhatIsAllowedIsLeft() {
        operations.show(behind(MOST));
        lookTwice(202);

        operations.show(behind(MOST + 1));
        await().until(() -> place().status() == 503);
        backend.onCommand(command -> {
            throw new AssertionError("an order was placed");
        });
        double before = turnedAway();
        Answer refused = place().isProblem(ProblemType.OVERLOADED);
        assertThat(refused.header("Retry-After")).isEqualTo("1");
        assertThat(turnedAway()).isEqualTo(before + 1);
        assertThat(meters.get("order.workflow.orders.admitted").gauge().value()).isZero();
        post("/api/carts/" + UUID.randomUUID() + "/checkout", CartControllerTest.CHECK_OUT, "Idempotency-Key", "key-1")
                .isProblem(ProblemType.OVERLOADED);

        operations.show(behind(MOST / 2 + 1));
        lookTwice(503);

        backend.onCommand(command -> {});
        operations.show(behind(MOST / 2));
        await().until(() -> place().status() == 202);
        assertThat(meters.get("order.workflow.orders.admitted").gauge().value()).isEqualTo(1);
    }

    @Test
    void tellsNotAllToComeAgainAtOnce() {
        operations.show(behind(MOST + 1));
        await().until(() -> place().status() == 503);

        assertThat(place().header("Retry-After")).isEqualTo("1");
        for (int order = 0; order < 200; order++) {
            place().isProblem(ProblemType.OVERLOADED);
        }
        assertThat(place().header("Retry-After")).isEqualTo("2");
        for (int order = 0; order < 2_000; order++) {
            place().isProblem(ProblemType.OVERLOADED);
        }
        assertThat(place().header("Retry-After")).isEqualTo("10");

        operations.show(behind(0));
        await().until(() -> place().status() == 202);
        operations.show(behind(MOST + 1));
        await().until(() -> place().status() == 503);
        assertThat(place().header("Retry-After")).isEqualTo("1");
    }

    static Stream<ProcessorView> whoIsNotAtWork() {
        return Stream.of(
                processor(false, null, segment(MOST + 1, "node-1", null)),
                processor(true, new ProcessorView.Pause(NOW, "ada", "request-1"), segment(MOST + 1, "node-1", null)),
                processor(true, null, segment(MOST + 1, null, null)),
                processor(true, null, segment(MOST + 1, "node-1", new ProcessorView.Failure("a bug", NOW, "node-1"))));
    }

    @ParameterizedTest
    @MethodSource("whoIsNotAtWork")
    void letsOrdersInThatWaitForWhoIsAway(ProcessorView away) {
        operations.show(away);

        lookTwice(202);
    }

    @Test
    void knowsNothingOfWhatWasLongAgo() {
        operations.show(behind(MOST + 1));
        await().until(() -> place().status() == 503);
        operations.reset();

        await().pollInterval(Duration.ofMillis(100))
                .until(() ->
                        meters.get("order.workflow.orders.admitted").gauge().value() == 1);

        assertThat(place().status()).isEqualTo(202);
    }

    @Test
    void tellsOfNowWhereNoOrdersCome() {
        operations.show(behind(MOST + 1));

        await().until(() -> meters.get("order.workflow.orders.admitted").gauge().value() == 0);
    }

    /** Until what is shown now was certainly seen; until then every order is answered so. */
    private void lookTwice(int status) {
        int before = operations.looks();
        // Somebody may be looking at what was shown before; each look is at two processors.
        await().until(() -> {
            Answer answer = place();
            boolean seen = operations.looks() >= before + 5;
            assertThat(answer.status()).isEqualTo(status);
            return seen;
        });
    }

    private Answer place() {
        return post("/api/orders", OrderControllerTest.BODY, "Idempotency-Key", "key-1");
    }

    private double turnedAway() {
        return meters.get("order.workflow.orders.turned.away").counter().count();
    }

    private static ProcessorView behind(long events) {
        return processor(true, null, segment(events, "node-1", null));
    }

    private static ProcessorView processor(
            boolean running, ProcessorView.@Nullable Pause pause, ProcessorView.Segment segment) {
        return new ProcessorView("order-view", ProcessorView.Mode.POOLED, running, pause, List.of(segment), List.of());
    }

    private static ProcessorView.Segment segment(
            long lag, @Nullable String owner, ProcessorView.@Nullable Failure failure) {
        return new ProcessorView.Segment(0, 1, 41, lag, 1.5, false, false, owner, owner == null ? NOW : null, failure);
    }
}
