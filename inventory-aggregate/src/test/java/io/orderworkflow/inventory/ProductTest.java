package io.orderworkflow.inventory;

import static io.orderworkflow.api.Amounts.eur;
import static io.orderworkflow.api.Amounts.usd;
import static org.assertj.core.api.Assertions.assertThat;

import io.orderworkflow.api.Sku;
import io.orderworkflow.api.inventory.ChangeProductPrice;
import io.orderworkflow.api.inventory.ProductDescriptionChanged;
import io.orderworkflow.api.inventory.ProductPriceChanged;
import io.orderworkflow.api.inventory.ProductRegistered;
import io.orderworkflow.api.inventory.RegisterProduct;
import io.orderworkflow.api.inventory.StockCommand;
import io.orderworkflow.api.inventory.StockItemOpened;
import java.util.stream.Stream;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.eventsourcing.EventSourcingRepository;
import org.axonframework.eventsourcing.eventstore.EmbeddedEventStore;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.axonframework.eventsourcing.eventstore.inmemory.InMemoryEventStorageEngine;
import org.axonframework.modelling.command.AggregateNotFoundException;
import org.axonframework.test.aggregate.AggregateTestFixture;
import org.axonframework.test.aggregate.FixtureConfiguration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class ProductTest {

    private static final Sku SKU = new Sku("SKU-1");

    /** Apart from the fixture's store, which takes the events of one aggregate only. */
    private final EventStore stockEvents = EmbeddedEventStore.builder()
            .storageEngine(new InMemoryEventStorageEngine())
            .build();

    private final FixtureConfiguration<Product> fixture = new AggregateTestFixture<>(Product.class);

    @BeforeEach
    void provideStockItems() {
        fixture.registerInjectableResource(new StockItems(EventSourcingRepository.builder(StockItem.class)
                .eventStore(stockEvents)
                .build()));
    }

    @Nested
    class Registering {

        @Test
        void registersNewProductAndOpensItsStock() {
            fixture.givenNoPriorActivity()
                    .when(new RegisterProduct(SKU, "Teapot", eur("19.90"), "kitchen"))
                    .expectResultMessagePayload(true)
                    .expectEvents(new ProductRegistered(SKU, "Teapot", eur("19.90"), "kitchen"));
            assertThat(stockEvents()).containsExactly(new StockItemOpened(SKU));
        }

        @Test
        void needsNoCategory() {
            fixture.givenNoPriorActivity()
                    .when(new RegisterProduct(SKU, "Teapot", eur("19.90"), null))
                    .expectResultMessagePayload(true)
                    .expectEvents(new ProductRegistered(SKU, "Teapot", eur("19.90"), null));
        }

        @Test
        void doesNothingWhenRepeated() {
            fixture.givenCommands(new RegisterProduct(SKU, "Teapot", eur("19.90"), "kitchen"))
                    .when(new RegisterProduct(SKU, "Teapot", eur("19.9"), "kitchen"))
                    .expectResultMessagePayload(false)
                    .expectNoEvents();
            assertThat(stockEvents()).containsExactly(new StockItemOpened(SKU));
        }

        @Test
        void tellsAnotherPrice() {
            fixture.given(new ProductRegistered(SKU, "Teapot", eur("19.90"), "kitchen"))
                    .when(new RegisterProduct(SKU, "Teapot", usd("19.90"), "kitchen"))
                    .expectResultMessagePayload(false)
                    .expectEvents(new ProductPriceChanged(SKU, eur("19.90"), usd("19.90")));
        }

        @Test
        void tellsAnotherName() {
            fixture.given(new ProductRegistered(SKU, "Teapot", eur("19.90"), "kitchen"))
                    .when(new RegisterProduct(SKU, "Tea pot", eur("19.90"), "kitchen"))
                    .expectResultMessagePayload(false)
                    .expectEvents(new ProductDescriptionChanged(SKU, "Tea pot", "kitchen"));
        }

        @Test
        void tellsThatThereIsNoCategoryAnyMore() {
            fixture.given(new ProductRegistered(SKU, "Teapot", eur("19.90"), "kitchen"))
                    .when(new RegisterProduct(SKU, "Teapot", eur("19.90"), null))
                    .expectResultMessagePayload(false)
                    .expectEvents(new ProductDescriptionChanged(SKU, "Teapot", null));
        }

        @Test
        void tellsAllThatDiffers() {
            fixture.given(new ProductRegistered(SKU, "Teapot", eur("19.90"), null))
                    .when(new RegisterProduct(SKU, "Kettle", eur("24.00"), "kitchen"))
                    .expectResultMessagePayload(false)
                    .expectEvents(
                            new ProductDescriptionChanged(SKU, "Kettle", "kitchen"),
                            new ProductPriceChanged(SKU, eur("19.90"), eur("24.00")));
        }

        @Test
        void doesNothingWhenRepeatedAfterChanges() {
            fixture.given(
                            new ProductRegistered(SKU, "Teapot", eur("19.90"), null),
                            new ProductDescriptionChanged(SKU, "Kettle", "kitchen"),
                            new ProductPriceChanged(SKU, eur("19.90"), eur("24.00")))
                    .when(new RegisterProduct(SKU, "Kettle", eur("24.00"), "kitchen"))
                    .expectResultMessagePayload(false)
                    .expectNoEvents();
        }
    }

    @Nested
    class ChangingPrice {

        @Test
        void tellsOldAndNewPrice() {
            fixture.given(new ProductRegistered(SKU, "Teapot", eur("19.90"), null))
                    .when(new ChangeProductPrice(SKU, eur("24.00")))
                    .expectEvents(new ProductPriceChanged(SKU, eur("19.90"), eur("24.00")));
        }

        @Test
        void doesNothingWhenRepeated() {
            fixture.given(new ProductRegistered(SKU, "Teapot", eur("19.90"), null))
                    .andGivenCommands(new ChangeProductPrice(SKU, eur("24.00")))
                    .when(new ChangeProductPrice(SKU, eur("24.00")))
                    .expectSuccessfulHandlerExecution()
                    .expectNoEvents();
        }

        @Test
        void knowsNoProductThatWasNeverRegistered() {
            fixture.givenNoPriorActivity()
                    .when(new ChangeProductPrice(SKU, eur("24.00")))
                    .expectNoEvents()
                    .expectException(AggregateNotFoundException.class);
        }
    }

    @Test
    void isWholeWhenRestoredFromJson() {
        Product product = new Product();
        product.on(new ProductRegistered(SKU, "Teapot", eur("19.90"), "kitchen"));
        Product restored =
                StockItemOnBench.JSON.readValue(StockItemOnBench.JSON.writeValueAsString(product), Product.class);

        fixture.givenState(() -> restored)
                .when(new RegisterProduct(SKU, "Teapot", eur("19.90"), "kitchen"))
                .expectResultMessagePayload(false)
                .expectNoEvents();
    }

    private Stream<Object> stockEvents() {
        return stockEvents.readEvents(StockCommand.stockItemId(SKU)).asStream().map(DomainEventMessage::getPayload);
    }
}
