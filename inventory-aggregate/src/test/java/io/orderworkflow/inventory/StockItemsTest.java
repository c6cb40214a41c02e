package io.orderworkflow.inventory;

import static io.orderworkflow.api.Amounts.eur;
import static io.orderworkflow.api.SampleOrder.orderId;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.orderworkflow.api.Refusal;
import io.orderworkflow.api.Sku;
import io.orderworkflow.api.inventory.ProductRegistered;
import io.orderworkflow.api.inventory.ReceiveStock;
import io.orderworkflow.api.inventory.RegisterProduct;
import io.orderworkflow.api.inventory.ReleaseStock;
import io.orderworkflow.api.inventory.ReserveStock;
import io.orderworkflow.api.inventory.StockItemOpened;
import io.orderworkflow.api.inventory.StockReceived;
import io.orderworkflow.api.inventory.StockReleased;
import io.orderworkflow.api.inventory.StockReservationRejected;
import io.orderworkflow.api.inventory.StockReserved;
import io.orderworkflow.platform.CommandRefusedException;
import java.util.List;
import java.util.stream.Stream;
import org.axonframework.commandhandling.gateway.CommandGateway;
import org.axonframework.common.caching.WeakReferenceCache;
import org.axonframework.config.AggregateConfigurer;
import org.axonframework.config.Configuration;
import org.axonframework.config.DefaultConfigurer;
import org.axonframework.eventhandling.EventMessage;
import org.axonframework.eventhandling.TrackedEventMessage;
import org.axonframework.eventsourcing.eventstore.EventStoreException;
import org.axonframework.eventsourcing.eventstore.inmemory.InMemoryEventStorageEngine;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Both aggregates on Axon's own buses, for what needs more than one of them. */
class StockItemsTest {

    private static final Sku SKU = new Sku("SKU-1");

    private final FailingOnceStorageEngine storageEngine = new FailingOnceStorageEngine();

    /** Without what lies about on the class path, such as the connector to Axon Server. */
    private final Configuration axon = DefaultConfigurer.defaultConfiguration(false)
            .configureEmbeddedEventStore(configuration -> storageEngine)
            .configureAggregate(cached(Product.class))
            .configureAggregate(cached(StockItem.class))
            .registerComponent(
                    StockItems.class, configuration -> new StockItems(configuration.repository(StockItem.class)))
            .buildConfiguration();

    @BeforeEach
    void start() {
        axon.start();
    }

    @AfterEach
    void shutdown() {
        axon.shutdown();
    }

    @Test
    void areOpenedTogetherWithTheirProducts() {
        assertThat(register()).isTrue();

        assertThat(events())
                .containsExactly(new ProductRegistered(SKU, "Teapot", eur("19.90"), null), new StockItemOpened(SKU));
        assertThat(storageEngine.appendedTogether).isEqualTo(2);
    }

    @Test
    void takeReceiptRightAfterRegistration() {
        register();
        send(new ReceiveStock(SKU, 10, null));

        assertThat(events()).endsWith(new StockReceived(SKU, 10, 10, null));
    }

    @Test
    void areNotOpenedWithoutTheirProducts() {
        storageEngine.failOnce();
        assertThatExceptionOfType(EventStoreException.class).isThrownBy(this::register);
        assertThat(events()).isEmpty();

        assertThat(register()).isTrue();
        assertThat(events()).hasSize(2);
    }

    @Test
    void areOpenedThoughProcessWasToldNoBefore() {
        send(new ReserveStock(SKU, orderId("a"), 4));
        assertThat(register()).isTrue();
        send(new ReceiveStock(SKU, 10, null));
        send(new ReserveStock(SKU, orderId("b"), 4));

        assertThat(events())
                .containsExactly(
                        new StockReservationRejected(SKU, orderId("a"), 4, 0),
                        new ProductRegistered(SKU, "Teapot", eur("19.90"), null),
                        new StockItemOpened(SKU),
                        new StockReceived(SKU, 10, 10, null),
                        new StockReserved(SKU, orderId("b"), 4, 4));
    }

    @Test
    void rememberReleasesFromBeforeTheirProducts() {
        send(new ReleaseStock(SKU, orderId("a")));
        register();
        send(new ReceiveStock(SKU, 10, null));
        send(new ReserveStock(SKU, orderId("a"), 4));

        assertThat(events())
                .containsExactly(
                        new StockReleased(SKU, orderId("a"), 0, 0),
                        new ProductRegistered(SKU, "Teapot", eur("19.90"), null),
                        new StockItemOpened(SKU),
                        new StockReceived(SKU, 10, 10, null));
    }

    @Test
    void areOpenedOnce() {
        register();
        assertThat(register()).isFalse();

        assertThat(events()).hasSize(2);
    }

    @Test
    void doNotExistForPeopleBeforeTheirProducts() {
        send(new ReserveStock(SKU, orderId("a"), 4));

        assertThatExceptionOfType(CommandRefusedException.class)
                .isThrownBy(() -> send(new ReceiveStock(SKU, 10, null)))
                .satisfies(refused -> assertThat(refused.getDetails())
                        .contains(new Refusal(Refusal.Code.UNKNOWN, "There is no product SKU-1.")));
    }

    private boolean register() {
        return axon.commandGateway().sendAndWait(new RegisterProduct(SKU, "Teapot", eur("19.90"), null));
    }

    private void send(Object command) {
        CommandGateway commands = axon.commandGateway();
        commands.sendAndWait(command);
    }

    private Stream<Object> events() {
        return storageEngine.readEvents(null, false).map(TrackedEventMessage::getPayload);
    }

    private static <T> AggregateConfigurer<T> cached(Class<T> aggregate) {
        return AggregateConfigurer.defaultConfiguration(aggregate)
                .configureCache(configuration -> new WeakReferenceCache());
    }

    /** Keeps events in memory; once asked to, fails as a database does that goes away. */
    private static final class FailingOnceStorageEngine extends InMemoryEventStorageEngine {

        private boolean failing;
        private int appendedTogether;

        void failOnce() {
            failing = true;
        }

        @Override
        public void appendEvents(List<? extends EventMessage<?>> events) {
            if (failing) {
                failing = false;
                throw new EventStoreException("the database went away");
            }
            appendedTogether = events.size();
            super.appendEvents(events);
        }
    }
}
