package io.orderworkflow.query;

import static io.orderworkflow.api.Amounts.eur;
import static io.orderworkflow.api.SampleOrder.anOrder;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.orderworkflow.api.FindReadModelProgress;
import io.orderworkflow.api.FindStoreHead;
import io.orderworkflow.api.ReadModel;
import io.orderworkflow.api.ReadModelProgress;
import io.orderworkflow.api.SampleOrder;
import io.orderworkflow.api.Sku;
import io.orderworkflow.api.StoreHead;
import io.orderworkflow.api.inventory.ProductPriceChanged;
import io.orderworkflow.api.inventory.ProductRegistered;
import io.orderworkflow.api.order.OrderConfirmed;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.axonframework.config.EventProcessingConfiguration;
import org.axonframework.eventhandling.StreamingEventProcessor;
import org.axonframework.queryhandling.QueryGateway;
import org.junit.jupiter.api.Test;

@QuerySideTest
class ReadModelProgressIT {

    private static final AtomicInteger NAMES = new AtomicInteger();
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final History history;
    private final QueryGateway queries;
    private final EventProcessingConfiguration processing;

    ReadModelProgressIT(History history, QueryGateway queries, EventProcessingConfiguration processing) {
        this.history = history;
        this.queries = queries;
        this.processing = processing;
    }

    private static SampleOrder order() {
        return anOrder().withKey("progress-" + NAMES.incrementAndGet()).of("SKU-1", 1);
    }

    private static Sku sku() {
        return new Sku("progress-" + NAMES.incrementAndGet());
    }

    private long head() {
        return queries.query(new FindStoreHead(), StoreHead.class).join().position();
    }

    private CompletableFuture<Boolean> reached(ReadModel readModel, long position, Duration patience) {
        return queries.query(
                        new FindReadModelProgress(readModel, position, patience.toMillis()), ReadModelProgress.class)
                .thenApply(ReadModelProgress::reached);
    }

    private boolean isReached(ReadModel readModel, long position) {
        return reached(readModel, position, Duration.ZERO).join();
    }

    private void publish(Object... payloads) {
        history.publish(List.of(payloads).stream()
                .map(payload -> history.event(payload, Instant.now()))
                .toList());
    }

    private StreamingEventProcessor processor(String name) {
        return processing.eventProcessor(name, StreamingEventProcessor.class).orElseThrow();
    }

    @Test
    void isToldAsSoonAsTheReadModelHasGotThere() {
        StreamingEventProcessor processor = processor(OrderProjection.GROUP);
        processor.shutDown();
        publish(order().placed());
        long position = head();
        assertThat(isReached(ReadModel.ORDERS, position)).isFalse();
        CompletableFuture<Boolean> reached = reached(ReadModel.ORDERS, position, Duration.ofMinutes(1));

        processor.start();

        assertThat(reached).succeedsWithin(PATIENCE).isEqualTo(true);
    }

    @Test
    void isNotBehindForEventsThatItHasNothingToDoWith() {
        history.awaitProjections();
        StreamingEventProcessor processor = processor(OrderProjection.GROUP);
        processor.shutDown();
        try {
            Sku sku = sku();
            publish(new ProductRegistered(sku, "Lamp", eur("1"), null));
            publish(new ProductPriceChanged(sku, eur("1"), eur("2")));

            assertThat(isReached(ReadModel.ORDERS, head())).isTrue();
        } finally {
            processor.start();
        }
        assertThat(reached(ReadModel.INVENTORY, head(), PATIENCE))
                .succeedsWithin(PATIENCE)
                .isEqualTo(true);
    }

    @Test
    void isBehindWhatIsNotThereYet() {
        publish(order().placed());
        long head = head();

        assertThat(reached(ReadModel.ORDERS, head, PATIENCE))
                .succeedsWithin(PATIENCE)
                .isEqualTo(true);
        assertThat(reached(ReadModel.ORDERS, head + 1_000, Duration.ofMillis(200)))
                .succeedsWithin(PATIENCE)
                .isEqualTo(false);
        assertThat(isReached(ReadModel.ORDERS, Long.MAX_VALUE)).isFalse();
    }

    @Test
    void waitsForAnEventThatWasCommittedBehindLaterOnes() {
        SampleOrder late = order();
        CompletableFuture<Void> commit = history.happensButIsCommittedBehind(late.placed());
        history.happens(order().placed());
        StreamingEventProcessor processor = processor(OrderProjection.GROUP);
        // A position that is left free for long may be one that nobody takes.
        assertThat(isReached(ReadModel.ORDERS, head())).isTrue();
        processor.shutDown();
        commit.complete(null);
        long position = awaitCommitted(late);

        assertThat(isReached(ReadModel.ORDERS, position)).isFalse();
        processor.start();

        assertThat(reached(ReadModel.ORDERS, position, PATIENCE))
                .succeedsWithin(PATIENCE)
                .isEqualTo(true);
    }

    private long awaitCommitted(SampleOrder order) {
        await().until(() -> history.isStored(order.orderId().toString()));
        return head();
    }

    @Test
    void isToldThoughTheEventsAreOfOneOfSeveralSegments() {
        StreamingEventProcessor processor = processor(OrderProjection.GROUP);
        assertThat(processor.splitSegment(0)).succeedsWithin(PATIENCE).isEqualTo(true);
        try {
            for (int i = 0; i < 10; i++) {
                SampleOrder order = order();
                publish(order.placed(), new OrderConfirmed(order.orderId()));

                // The other segment does not tell for seconds that it has seen them.
                assertThat(reached(ReadModel.ORDERS, head(), Duration.ofSeconds(2)))
                        .succeedsWithin(PATIENCE)
                        .isEqualTo(true);
            }
        } finally {
            await().atMost(PATIENCE).until(() -> processor.processingStatus().size() == 2);
            assertThat(processor.mergeSegment(0)).succeedsWithin(PATIENCE).isEqualTo(true);
        }
    }

    @Test
    void keepsNoThreadWhileManyWait() {
        StreamingEventProcessor processor = processor(OrderProjection.GROUP);
        processor.shutDown();
        publish(order().placed());
        long position = head();
        List<CompletableFuture<Boolean>> asked = IntStream.range(0, 500)
                .mapToObj(i -> reached(ReadModel.ORDERS, position, Duration.ofMinutes(1)))
                .toList();

        processor.start();

        assertThat(asked)
                .allSatisfy(
                        reached -> assertThat(reached).succeedsWithin(PATIENCE).isEqualTo(true));
    }

    @Test
    void isAboutTheEventsThatProjectionsHandle() {
        assertThat(ReadModelProgressReader.eventTypes(OrderProjection.class, PaymentProjection.class))
                .contains("OrderPlaced", "OrderNudged", "PaymentVoided", "StockReserved")
                .doesNotContain("OrderEvent", "ProductRegistered", "StockReceived", "CartCreated");
        assertThat(ReadModelProgressReader.eventTypes(InventoryProjection.class))
                .contains("ProductRegistered", "StockReceived", "StockReserved")
                .doesNotContain("OrderPlaced", "LowStockDetected");
    }
}
