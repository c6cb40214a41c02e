package io.orderworkflow.platform.messaging;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.axonframework.commandhandling.CommandMessage;
import org.axonframework.commandhandling.GenericCommandMessage;
import org.junit.jupiter.api.Test;

class CompleteMetaDataTest {

    private final CompleteMetaData<CommandMessage<?>> interceptor = new CompleteMetaData<>();

    @Test
    void makesAMessageThatNothingHasCausedItsOwnBeginning() {
        CommandMessage<?> completed = complete(Map.of());

        assertThat(completed.getMetaData())
                .containsEntry("correlationId", completed.getIdentifier())
                .containsEntry("causationId", completed.getIdentifier())
                .containsEntry("userId", "system");
        assertThat((String) completed.getMetaData().get("traceId")).matches("[0-9a-f]{32}");
    }

    @Test
    void addsOnlyWhatIsMissing() {
        CommandMessage<?> completed = complete(Map.of("correlationId", "c-1", "userId", "ada", "source", "rest"));

        assertThat(completed.getMetaData())
                .containsEntry("correlationId", "c-1")
                .containsEntry("causationId", "c-1")
                .containsEntry("userId", "ada")
                .containsEntry("source", "rest")
                .containsEntry("traceId", Correlation.traceId("c-1"));
    }

    @Test
    void leavesAMessageAloneThatHasItAll() {
        CommandMessage<String> complete = new GenericCommandMessage<>(
                "do it", Map.of("correlationId", "c-1", "causationId", "before", "userId", "ada", "traceId", "t"));

        assertThat(interceptor.handle(complete)).isSameAs(complete);
    }

    private CommandMessage<?> complete(Map<String, ?> given) {
        List<CommandMessage<?>> messages = List.of(new GenericCommandMessage<>("do it", given));
        return interceptor.handle(messages).apply(0, messages.get(0));
    }
}
