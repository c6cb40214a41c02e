package io.orderworkflow.platform.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.eventhandling.GenericDomainEventMessage;
import org.junit.jupiter.api.Test;

class PlainAggregateFactoryTest {

    private final PlainAggregateFactory<Thing> factory = new PlainAggregateFactory<>(Thing.class);

    @Test
    void makesANewAggregateForItsEvents() {
        Thing first = factory.createAggregateRoot("1", event("happened"));

        assertThat(first).isNotNull().isNotSameAs(factory.createAggregateRoot("1", event("happened")));
        assertThat(factory.getAggregateType()).isEqualTo(Thing.class);
    }

    @Test
    void takesAnAggregateFromItsSnapshot() {
        Thing snapshot = new Thing();

        assertThat(factory.createAggregateRoot("1", event(snapshot))).isSameAs(snapshot);
    }

    @Test
    void saysWhichAggregateCannotBeMade() {
        assertThatThrownBy(() -> new PlainAggregateFactory<>(Integer.class))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("java.lang.Integer has no constructor without parameters");
    }

    private static DomainEventMessage<?> event(Object payload) {
        return new GenericDomainEventMessage<>("Thing", "1", 0, payload);
    }

    private static final class Thing {

        private Thing() {}
    }
}
