package io.orderworkflow.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.axonframework.modelling.command.TargetAggregateIdentifier;
import org.axonframework.serialization.Revision;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class MessageFamiliesTest {

    @Test
    void namesNoTwoEventsAlikeForTheyAreStoredUnderTheirSimpleNames() {
        List<String> names = MessageFamilies.events().map(Class::getSimpleName).collect(Collectors.toList());

        assertThat(names).isNotEmpty().doesNotHaveDuplicates();
    }

    @Test
    void knowsEveryRecordThatBelongsToAFamily() {
        List<Class<?>> inFamilies = Stream.concat(MessageFamilies.events(), MessageFamilies.commands())
                .collect(Collectors.toList());
        List<Class<? extends Record>> marked = SampleRecords.types().stream()
                .filter(type -> Stream.of(type.getInterfaces())
                        .anyMatch(marker -> marker.getSimpleName().endsWith("Event")
                                || marker.getSimpleName().endsWith("Command")))
                .collect(Collectors.toList());

        assertThat(inFamilies).containsExactlyInAnyOrderElementsOf(marked);
    }

    @ParameterizedTest
    @MethodSource("io.orderworkflow.api.MessageFamilies#events")
    void givesEveryEventARevisionForUpcastersToMatchOn(Class<?> event) {
        assertThat(event).hasAnnotation(Revision.class);
        assertThat(event.getAnnotation(Revision.class).value()).matches("[1-9]\\d*");
    }

    @ParameterizedTest
    @MethodSource("io.orderworkflow.api.MessageFamilies#commands")
    void addressesEveryCommandToOneAggregate(Class<?> command) {
        long targets = Stream.of(command.getDeclaredFields())
                        .filter(field -> field.isAnnotationPresent(TargetAggregateIdentifier.class))
                        .count()
                + Stream.of(command.getMethods())
                        .filter(method -> !method.getDeclaringClass().isRecord()
                                && method.isAnnotationPresent(TargetAggregateIdentifier.class))
                        .count();

        assertThat(targets).isOne();
    }
}
