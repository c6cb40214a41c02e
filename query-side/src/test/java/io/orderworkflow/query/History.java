package io.orderworkflow.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.orderworkflow.api.Sku;
import io.orderworkflow.api.admin.RebuildView;
import io.orderworkflow.api.inventory.ProductCommand;
import io.orderworkflow.api.inventory.ProductEvent;
import io.orderworkflow.api.inventory.StockCommand;
import io.orderworkflow.api.inventory.StockEvent;
import io.orderworkflow.api.order.OrderEvent;
import io.orderworkflow.api.payment.PaymentEvent;
import io.orderworkflow.platform.projection.ProjectionRebuilds;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.axonframework.common.IdentifierFactory;
import org.axonframework.common.transaction.TransactionManager;
import org.axonframework.config.EventProcessingConfiguration;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.eventhandling.EventMessage;
import org.axonframework.eventhandling.EventTrackerStatus;
import org.axonframework.eventhandling.GenericDomainEventMessage;
import org.axonframework.eventhandling.StreamingEventProcessor;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What happened in the aggregates, for the projections to tell. */
final class History {

    private final EventStore events;
    private final TransactionManager transactions;
    private final EventProcessingConfiguration processing;
    private final ProjectionRebuilds rebuilds;
    private final JdbcClient jdbc;
    private final Map<String, Long> sequenceNumbers = new ConcurrentHashMap<>();

    History(
            EventStore events,
            TransactionManager transactions,
            EventProcessingConfiguration processing,
            ProjectionRebuilds rebuilds,
            JdbcClient jdbc) {
        this.events = events;
        this.transactions = transactions;
        this.processing = processing;
        this.rebuilds = rebuilds;
        this.jdbc = jdbc;
    }

    /** These events happen just now, and are projected. */
    void happens(Object... payloads) {
        happensAt(Instant.now(), payloads);
    }

    /** These events happen then, and are projected. */
    void happensAt(Instant at, Object... payloads) {
        publish(Arrays.stream(payloads).map(payload -> event(payload, at)).toList());
        awaitProjections();
    }

    /** These events happen, and are projected together, or each before the next one happens. */
    void happens(Delivery delivery, Instant at, Object... payloads) {
        switch (delivery) {
            case IN_ONE_BATCH -> {
                CompletableFuture.allOf(processors().stream()
                                .map(StreamingEventProcessor::shutdownAsync)
                                .toArray(CompletableFuture[]::new))
                        .join();
                publish(Arrays.stream(payloads)
                        .map(payload -> event(payload, at))
                        .toList());
                processors().forEach(StreamingEventProcessor::start);
                awaitProjections();
            }
            case ONE_BY_ONE -> Arrays.stream(payloads).forEach(payload -> happensAt(at, payload));
        }
    }

    /** These events happen while the processor is paused, and then that; afterwards it goes on. */
    void happensWhilePaused(String processor, Stream<?> payloads, Runnable then) {
        StreamingEventProcessor paused = processing
                .eventProcessor(processor, StreamingEventProcessor.class)
                .orElseThrow();
        paused.shutDown();
        try {
            publish(payloads.map(payload -> event(payload, Instant.now())).toList());
            then.run();
        } finally {
            paused.start();
            awaitProjections();
        }
    }

    /**
     * These events happen now, and others that happen after them are committed first.
     *
     * @return to be completed when these are to be committed
     */
    CompletableFuture<Void> happensButIsCommittedBehind(Object... payloads) {
        return happensButIsCommittedBehindAt(Instant.now(), payloads);
    }

    /** The same, then. */
    CompletableFuture<Void> happensButIsCommittedBehindAt(Instant at, Object... payloads) {
        CompletableFuture<Void> commit = new CompletableFuture<>();
        CountDownLatch happened = new CountDownLatch(1);
        List<? extends EventMessage<?>> messages =
                Arrays.stream(payloads).map(payload -> event(payload, at)).toList();
        // Not in the common pool: on a small machine that has a single thread, and this may wait for another of its
        // kind.
        CompletableFuture<Void> committed = CompletableFuture.runAsync(
                () -> transactions.executeInTransaction(() -> {
                    events.publish(messages);
                    happened.countDown();
                    commit.join();
                }),
                task -> new Thread(task).start());
        assertThat(committed).isNotCompletedExceptionally();
        try {
            assertThat(happened.await(10, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
        return commit;
    }

    void publish(List<? extends EventMessage<?>> messages) {
        transactions.executeInTransaction(() -> events.publish(messages));
    }

    /** An event as its aggregate would have published it. */
    DomainEventMessage<?> event(Object payload, Instant at) {
        String aggregateId = aggregateId(payload);
        return new GenericDomainEventMessage<>(
                aggregateType(payload),
                aggregateId,
                sequenceNumbers.merge(aggregateId, 0L, (last, first) -> last + 1),
                payload,
                Map.of(),
                IdentifierFactory.getInstance().generateIdentifier(),
                at);
    }

    private static String aggregateType(Object payload) {
        if (payload instanceof OrderEvent) {
            return "Order";
        }
        if (payload instanceof PaymentEvent) {
            return "Payment";
        }
        return payload instanceof ProductEvent ? "Product" : "StockItem";
    }

    private static String aggregateId(Object payload) {
        if (payload instanceof OrderEvent event) {
            return event.orderId().toString();
        }
        if (payload instanceof PaymentEvent event) {
            return event.paymentId().toString();
        }
        if (payload instanceof ProductEvent event) {
            return ProductCommand.productId(event.sku());
        }
        Sku sku = ((StockEvent) payload).sku();
        return StockCommand.stockItemId(sku);
    }

    /** Whether there is an event of that aggregate that others can see. */
    boolean isStored(String aggregateId) {
        return jdbc.sql("select exists (select from domain_event_entry where aggregate_identifier = ?)")
                .param(aggregateId)
                .query(Boolean.class)
                .single();
    }

    void awaitProjections() {
        long head = jdbc.sql("select max(global_index) from domain_event_entry")
                .query(Long.class)
                .single();
        await().atMost(Duration.ofSeconds(20))
                .pollInterval(Duration.ofMillis(10))
                .untilAsserted(() -> assertThat(processors())
                        .allSatisfy(processor -> assertThat(
                                        processor.processingStatus().values())
                                .isNotEmpty()
                                .allSatisfy(segment ->
                                        assertThat(positionOf(segment)).isEqualTo(head))));
    }

    private static long positionOf(EventTrackerStatus segment) {
        return segment.getCurrentPosition().orElse(-1);
    }

    /** All read models are rebuilt from all that ever happened, and the old ones dropped. */
    void isReplayed() {
        List<String> processors = List.of(OrderProjection.GROUP, InventoryProjection.GROUP);
        processors.forEach(processor -> rebuilds.start(processor, true, "test"));
        processors.forEach(processor -> await().atMost(Duration.ofSeconds(60))
                .untilAsserted(() -> assertThat(rebuilds.find(processor))
                        .map(RebuildView::state)
                        .contains(RebuildView.State.SWITCHED)));
        awaitProjections();
        processors.forEach(rebuilds::end);
    }

    private List<StreamingEventProcessor> processors() {
        return processing.eventProcessors().entrySet().stream()
                .filter(processor -> !processor.getKey().endsWith("-next"))
                .map(processor -> (StreamingEventProcessor) processor.getValue())
                .toList();
    }

    /** How events reach the projections. */
    enum Delivery {
        IN_ONE_BATCH,
        ONE_BY_ONE
    }
}
