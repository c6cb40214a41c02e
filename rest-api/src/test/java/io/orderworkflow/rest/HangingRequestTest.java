package io.orderworkflow.rest;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.springframework.test.context.TestPropertySource;

/** Whatever hangs in spite of the limits of commands and queries is answered all the same. */
@TestPropertySource(properties = "order-workflow.rest.request-timeout=500ms")
class HangingRequestTest extends RestApiTest {

    @Test
    void endsARequestThatHangs() {
        Answer answer = post("/api/orders", OrderControllerTest.BODY, "Idempotency-Key", "key-1", "Prefer", "wait=2")
                .isProblem(ProblemType.UNAVAILABLE);

        assertThat(answer.header("Retry-After")).isEqualTo("1");
    }
}
