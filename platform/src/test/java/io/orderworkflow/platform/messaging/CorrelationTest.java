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
                .isEqualTo(Map.of("correlationId", first.getIdentifier(), "causationId", first.getIdentifier()));
    }

    @Test
    void handsTheOriginOnAndNamesTheDirectCause() {
        Message<String> message = new GenericMessage<>(
                "later",
                Map.of("correlationId", "c-1", "causationId", "before", "userId", "ada", "source", "rest", "x", "y"));

        assertThat(data(message))
                .isEqualTo(Map.of(
                        "correlationId", "c-1",
                        "causationId", message.getIdentifier(),
                        "userId", "ada",
                        "source", "rest"));
    }

    private Map<String, Object> data(Message<?> message) {
        return Map.copyOf(correlation.correlationDataFor(message));
    }
}
