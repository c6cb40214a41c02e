package io.orderworkflow.platform.messaging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.axonframework.commandhandling.GenericCommandMessage;
import org.axonframework.modelling.command.TargetAggregateIdentifier;
import org.axonframework.modelling.command.VersionedAggregateIdentifier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class RememberedTargetsTest {

    private final RememberedTargets targets = new RememberedTargets();

    @Test
    void takesTheComponentOfARecord() {
        assertThat(target(new Rename("a-1", "name"))).isEqualTo("a-1");
        assertThat(target(new Rename("a-2", "name"))).isEqualTo("a-2");
    }

    @Test
    void takesTheMethodOfAnInterfaceThatIsMet() {
        assertThat(target(new Move("7"))).isEqualTo("thing:7");
    }

    @Test
    void refusesACommandThatNamesNoAggregate() {
        assertThatThrownBy(() -> target("a text"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("String has no method that names its aggregate");
        assertThatThrownBy(() -> target(new Rename(null, "name"))).isInstanceOf(IllegalArgumentException.class);
    }

    private Object target(Object command) {
        VersionedAggregateIdentifier target = targets.resolveTarget(GenericCommandMessage.asCommandMessage(command));
        assertThat(target.getVersion()).isNull();
        return target.getIdentifierValue();
    }

    record Rename(@TargetAggregateIdentifier @Nullable String id, String name) {}

    interface ThingCommand {

        String number();

        @TargetAggregateIdentifier
        default String thing() {
            return "thing:" + number();
        }
    }

    record Move(String number) implements ThingCommand {}
}
