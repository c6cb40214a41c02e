package io.orderworkflow.platform.saga;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.orderworkflow.platform.PlatformNode;
import io.orderworkflow.platform.postgres.ThrowawayPostgres;
import io.orderworkflow.platform.saga.Journey.Roadblocks;
import io.orderworkflow.platform.saga.JourneyEvents.JourneyBegun;
import io.orderworkflow.platform.saga.JourneyEvents.JourneyEnded;
import io.orderworkflow.platform.saga.JourneyEvents.PlaceReached;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.axonframework.config.ConfigurerModule;
import org.axonframework.eventhandling.gateway.EventGateway;
import org.axonframework.serialization.Serializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.JdbcTemplate;

/** Sagas from the event store through a pooled processor of several segments to their rows, and over a restart. */
@Timeout(60)
class SagaProcessingIT {

    private static final List<String> FOUR_SEGMENTS = List.of(
            "order-workflow.processing.processors.journeys.segments=4",
            "order-workflow.processing.processors.journeys.threads=4",
            "order-workflow.processing.processors.journeys.batch-size=50");

    private static final int JOURNEYS = 40;

    private final String database = ThrowawayPostgres.newDatabase();

    @Test
    void leadsItsSagasOnOverFailuresAndRestarts() {
        // What happened before the sagas were first there is theirs as well.
        try (PlatformNode node = PlatformNode.on(database)) {
            publish(node, journeys().map(JourneyBegun::new));
            publish(node, journeys().map(id -> new PlaceReached(id, "Rome")));
        }
        try (PlatformNode node = PlatformNode.with(FOUR_SEGMENTS, database, Journeys.class)) {
            awaitPlaces(node, "Rome", JOURNEYS);
            // Whatever is in a batch with this stays as it is, until it succeeds.
            node.get(Roadblocks.class).block("Bari");
            publish(node, journeys().map(id -> new PlaceReached(id, id.endsWith("7") ? "Bari" : "Naples")));
            await().untilAsserted(() ->
                    assertThat(node.get(Roadblocks.class).encounters()).isGreaterThan(2));
            assertThat(places(node, "Bari")).isZero();
            node.get(Roadblocks.class).block("nowhere");
            awaitPlaces(node, "Bari", 4);
            awaitPlaces(node, "Naples", JOURNEYS - 4);
        }
        try (PlatformNode node = PlatformNode.with(FOUR_SEGMENTS, database, Journeys.class)) {
            publish(node, journeys().filter(id -> id.endsWith("7")).map(id -> new PlaceReached(id, "Kotor")));
            publish(node, journeys().filter(id -> !id.endsWith("7")).map(JourneyEnded::new));

            awaitPlaces(node, "Kotor", 4);
            await().untilAsserted(() -> assertThat(states(node))
                    .hasSize(4)
                    .allSatisfy(state -> assertThat(state)
                            // Each exactly once, although some were handled several times.
                            .contains("\"places\": [\"Rome\", \"Bari\", \"Kotor\"]")));
        }
    }

    private static Stream<String> journeys() {
        return IntStream.range(0, JOURNEYS).mapToObj(i -> "j-" + i);
    }

    private static void publish(PlatformNode node, Stream<?> events) {
        node.get(EventGateway.class).publish(events.toList());
    }

    private static void awaitPlaces(PlatformNode node, String place, int count) {
        await().atMost(Duration.ofSeconds(20))
                .untilAsserted(() -> assertThat(places(node, place)).isEqualTo(count));
    }

    private static int places(PlatformNode node, String place) {
        return (int) states(node).stream()
                .filter(state -> state.contains("\"" + place + "\": 1"))
                .count();
    }

    private static List<String> states(PlatformNode node) {
        return node.jdbc()
                .sql("select convert_from(state, 'UTF8')::jsonb::text from saga_entry")
                .query(String.class)
                .list();
    }

    @Configuration(proxyBeanMethods = false)
    static class Journeys {

        @Bean
        Roadblocks roadblocks() {
            return new Roadblocks();
        }

        @Bean
        ConfigurerModule journeySaga(JdbcTemplate jdbc, Serializer serializer) {
            SagaRows<Journey> rows = new SagaRows<>(Journey.class, Journey.JOURNEY_ID, jdbc, serializer);
            return configurer -> configurer.eventProcessing(processing -> processing.registerSaga(
                    Journey.class,
                    saga -> saga.configureRepository(axon -> new BatchSagaRepository<>(
                            Journey.class,
                            rows,
                            axon.parameterResolverFactory(),
                            axon.handlerDefinition(Journey.class)))));
        }
    }
}
