package io.orderworkflow.platform.messaging;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.axonframework.messaging.GenericMessage;
import org.axonframework.messaging.Message;
import org.junit.jupiter.api.Test;

class CorrelationTest {

    private final Correlation correlation = new Correlation();

    @Test
    void takesTheFirstMessageForItsOwnBeginning() {
        Message<String> first = new GenericMessage<>("first");

        assertThat(data(first))
                .isEqualTo(Map.of(
                        "correlationId",
                        first.getIdentifier(),
                        "causationId",
                        first.getIdentifier(),
                        "traceId",
                        Correlation.traceId(first.getIdentifier())));
    }

    @Test
    void handsTheOriginOnAndNamesTheDirectCause() {
        Message<String> message = new GenericMessage<>(
                "later",
                Map.of(
                        "correlationId", "c-1",
                        "causationId", "before",
                        "userId", "ada",
                        "source", "rest",
                        "traceId", "0af7651916cd43dd8448eb211c80319c",
                        "x", "y"));

        assertThat(data(message))
                .isEqualTo(Map.of(
                        "correlationId", "c-1",
                        "causationId", message.getIdentifier(),
                        "userId", "ada",
                        "source", "rest",
                        "traceId", "0af7651916cd43dd8448eb211c80319c"));
    }

    @Test
    void namesATraceWhereNoneIsRecorded() {
        assertThat(Correlation.traceId("c-1"))
                .matches("[0-9a-f]{32}")
                .isEqualTo(Correlation.traceId("c-1"))
                .isNotEqualTo(Correlation.traceId("c-2"));
    }

    private Map<String, Object> data(Message<?> message) {
        return Map.copyOf(correlation.correlationDataFor(message));
    }
}
