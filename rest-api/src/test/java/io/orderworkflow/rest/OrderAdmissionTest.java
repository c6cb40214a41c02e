package io.orderworkflow.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** What becomes of orders when those before them are not kept up with. */
class OrderAdmissionTest extends RestApiTest {

    private static final int MOST = 1_500;

    @Autowired
    MeterRegistry meters;

    @AfterEach
    void keepUpAgain() {
        operations.reset();
        await().until(() -> place().status() == 202);
    }

    @Test
    void turnsOrdersAwayUntilATenthOfWhatIsAllowedIsGone() {
        operations.showBacklog(MOST);
        lookTwice(202);

        operations.showBacklog(MOST + 1);
        await().until(() -> place().status() == 503);
        backend.onCommand(command -> {
            throw new AssertionError("an order was placed");
        });
        double before = turnedAway();
        Answer refused = place().isProblem(ProblemType.OVERLOADED);
        assertThat(Integer.parseInt(refused.header("Retry-After"))).isBetween(1, 10);
        assertThat(turnedAway()).isEqualTo(before + 1);
        assertThat(meters.get("order.workflow.orders.admitted").gauge().value()).isZero();
        post("/api/carts/" + UUID.randomUUID() + "/checkout", CartControllerTest.CHECK_OUT, "Idempotency-Key", "key-1")
                .isProblem(ProblemType.OVERLOADED);

        operations.showBacklog(MOST * 9 / 10 + 1);
        lookTwice(503);

        backend.onCommand(command -> {});
        operations.showBacklog(MOST * 9 / 10);
        await().until(() -> place().status() == 202);
        assertThat(meters.get("order.workflow.orders.admitted").gauge().value()).isEqualTo(1);
    }

    @Test
    void knowsNothingOfWhatWasLongAgo() {
        operations.showBacklog(MOST + 1);
        await().until(() -> place().status() == 503);
        operations.reset();

        await().pollInterval(Duration.ofMillis(100))
                .until(() ->
                        meters.get("order.workflow.orders.admitted").gauge().value() == 1);

        assertThat(place().status()).isEqualTo(202);
    }

    @Test
    void tellsOfNowWhereNoOrdersCome() {
        operations.showBacklog(MOST + 1);

        await().until(() -> meters.get("order.workflow.orders.admitted").gauge().value() == 0);
    }

    /** Until what is shown now was certainly seen; until then every order is answered so. */
    private void lookTwice(int status) {
        int before = operations.looks();
        // Somebody may be looking at what was shown before.
        await().until(() -> {
            Answer answer = place();
            boolean seen = operations.looks() >= before + 2;
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
}
