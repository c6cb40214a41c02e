package io.orderworkflow.saga;

import io.orderworkflow.platform.messaging.CommandBatch;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.axonframework.commandhandling.gateway.DefaultCommandGateway;
import org.axonframework.test.saga.ContinuedGivenState;
import org.axonframework.test.saga.FixtureConfiguration;
import org.axonframework.test.saga.SagaTestFixture;

/** Sagas with real steps, at a moment that does not pass. */
final class SagaFixture {

    static final Instant NOW = Instant.parse("2026-11-21T10:00:00Z");

    private static final OrderSagaSettings SETTINGS = settings(1);

    private SagaFixture() {}

    static OrderSagaSettings settings(int retries) {
        return new OrderSagaSettings(
                Duration.ofSeconds(30),
                Duration.ofMinutes(2),
                Duration.ofSeconds(30),
                Duration.ofMinutes(10),
                retries,
                Duration.ofSeconds(5));
    }

    static FixtureConfiguration of(Class<?> saga, RecordedSchedule schedule) {
        FixtureConfiguration fixture = new SagaTestFixture<>(saga);
        fixture.registerResource(new OrderSteps(
                new CommandBatch(
                        DefaultCommandGateway.builder()
                                .commandBus(fixture.getCommandBus())
                                .build(),
                        SETTINGS.commandTimeout()),
                schedule,
                SETTINGS,
                Clock.fixed(NOW, ZoneOffset.UTC)));
        return fixture;
    }

    static ContinuedGivenState given(FixtureConfiguration fixture, List<?> history) {
        ContinuedGivenState given = fixture.givenAPublished(history.get(0));
        for (Object next : history.subList(1, history.size())) {
            given = given.andThenAPublished(next);
        }
        return given;
    }
}
