package io.orderworkflow.platform.processing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.orderworkflow.platform.PlatformNode;
import io.orderworkflow.platform.postgres.ThrowawayPostgres;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.axonframework.config.EventProcessingConfiguration;
import org.axonframework.config.ProcessingGroup;
import org.axonframework.eventhandling.DisallowReplay;
import org.axonframework.eventhandling.EventHandler;
import org.axonframework.eventhandling.ReplayStatus;
import org.axonframework.eventhandling.gateway.EventGateway;
import org.axonframework.eventhandling.pooled.PooledStreamingEventProcessor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Processing groups as they are configured, over restarts, failures and replays. */
@Timeout(60)
class EventProcessorsIT {

    private static final List<String> TWO_SEGMENTS = List.of(
            "order-workflow.processing.processors.acting.segments=2",
            "order-workflow.processing.processors.acting.threads=2");

    private final String database = ThrowawayPostgres.newDatabase();

    @Test
    void makesEveryGroupAPooledProcessor() {
        try (PlatformNode node = node()) {
            EventProcessingConfiguration processing = node.get(EventProcessingConfiguration.class);

            assertThat(processing.eventProcessors())
                    .containsOnlyKeys("acting", "projecting")
                    .allSatisfy((name, processor) ->
                            assertThat(processor).isInstanceOf(PooledStreamingEventProcessor.class));
            await().untilAsserted(() ->
                    assertThat(processor(node, "acting").processingStatus()).hasSize(2));
            await().untilAsserted(() ->
                    assertThat(processor(node, "projecting").processingStatus()).hasSize(1));
        }
    }

    @Test
    void handlesEachEventOnceFromTheVeryFirstOverRestarts() {
        try (PlatformNode before = PlatformNode.on(database)) {
            publish(before, "1", "2");
        }
        try (PlatformNode node = node()) {
            publish(node, "3");

            awaitSeen(node.get(Acting.class).seen, "1", "2", "3");
            awaitSeen(node.get(Projecting.class).seen, "1", "2", "3");
        }
        try (PlatformNode again = node()) {
            publish(again, "4");

            awaitSeen(again.get(Acting.class).seen, "4");
            awaitSeen(again.get(Projecting.class).seen, "4");
        }
    }

    @Test
    void handlesAFailedEventAgainInsteadOfSkippingIt() {
        try (PlatformNode node = node()) {
            Acting acting = node.get(Acting.class);
            acting.failures.set(2);

            publish(node, "1", "bad", "3");

            await().untilAsserted(() -> assertThat(acting.seen).contains("bad", "3"));
            assertThat(acting.failures).hasValue(0);
        }
    }

    @Test
    void replaysToThoseWhoMaySeeAnEventAgain() {
        try (PlatformNode node = node()) {
            publish(node, "1", "2", "3");
            awaitSeen(node.get(Projecting.class).seen, "1", "2", "3");
            awaitSeen(node.get(Acting.class).seen, "1", "2", "3");
            PooledStreamingEventProcessor projecting = processor(node, "projecting");

            projecting.shutDown();
            projecting.resetTokens("rebuilt after a fix");
            projecting.start();

            await().untilAsserted(() ->
                    assertThat(node.get(Projecting.class).replayed).containsExactlyInAnyOrder("1", "2", "3"));
            publish(node, "4");
            await().untilAsserted(
                            () -> assertThat(node.get(Projecting.class).seen).contains("4"));
            assertThat(node.get(Acting.class).seen).doesNotHaveDuplicates();
        }
    }

    private PlatformNode node() {
        return PlatformNode.with(TWO_SEGMENTS, database, Acting.class, Projecting.class);
    }

    private static PooledStreamingEventProcessor processor(PlatformNode node, String name) {
        return node.get(EventProcessingConfiguration.class)
                .eventProcessor(name, PooledStreamingEventProcessor.class)
                .orElseThrow();
    }

    private static void publish(PlatformNode node, String... texts) {
        node.get(EventGateway.class).publish(Stream.of(texts).map(Said::new).toList());
    }

    private static void awaitSeen(List<String> seen, String... texts) {
        await().untilAsserted(() -> assertThat(seen).containsExactlyInAnyOrder(texts));
    }

    /** Somebody said something. */
    record Said(String text) {}

    /** Does something on an event, which must not be done again in a replay. */
    @ProcessingGroup("acting")
    @DisallowReplay
    static class Acting {

        private final List<String> seen = new CopyOnWriteArrayList<>();
        private final AtomicInteger failures = new AtomicInteger();

        @EventHandler
        void on(Said event) {
            if (event.text().equals("bad") && failures.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
                throw new IllegalStateException("not yet");
            }
            seen.add(event.text());
        }
    }

    /** Can be built anew from the events. */
    @ProcessingGroup("projecting")
    static class Projecting {

        private final List<String> seen = new CopyOnWriteArrayList<>();
        private final List<String> replayed = new CopyOnWriteArrayList<>();

        @EventHandler
        void on(Said event, ReplayStatus status) {
            seen.add(event.text());
            if (status.isReplay()) {
                replayed.add(event.text());
            }
        }
    }
}
