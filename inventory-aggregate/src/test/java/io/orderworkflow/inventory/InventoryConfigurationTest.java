package io.orderworkflow.inventory;

import static io.orderworkflow.api.Amounts.eur;
import static org.assertj.core.api.Assertions.assertThat;

import io.orderworkflow.api.Sku;
import io.orderworkflow.api.inventory.ReceiveStock;
import io.orderworkflow.api.inventory.RegisterProduct;
import org.axonframework.commandhandling.gateway.CommandGateway;
import org.axonframework.eventsourcing.eventstore.EventStorageEngine;
import org.axonframework.eventsourcing.eventstore.inmemory.InMemoryEventStorageEngine;
import org.axonframework.springboot.autoconfig.AxonAutoConfiguration;
import org.axonframework.springboot.autoconfig.AxonTracingAutoConfiguration;
import org.axonframework.springboot.autoconfig.EventProcessingAutoConfiguration;
import org.axonframework.springboot.autoconfig.InfraConfiguration;
import org.axonframework.springboot.autoconfig.NoOpTransactionAutoConfiguration;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

class InventoryConfigurationTest {

    private final ApplicationContextRunner process = new ApplicationContextRunner()
            .withConfiguration(AutoConfigurations.of(
                    InventoryConfiguration.class,
                    AxonAutoConfiguration.class,
                    AxonTracingAutoConfiguration.class,
                    EventProcessingAutoConfiguration.class,
                    InfraConfiguration.class,
                    NoOpTransactionAutoConfiguration.class))
            .withBean(EventStorageEngine.class, InMemoryEventStorageEngine::new)
            .withPropertyValues("axon.serializer.general=jackson3");

    @Test
    void decidesOnProductsAndStock() {
        process.run(context -> {
            assertThat(context).hasSingleBean(StockItems.class).hasBean("stockItemRepository");
            CommandGateway commands = context.getBean(CommandGateway.class);
            Sku sku = new Sku("SKU-1");

            assertThat(commands.<Boolean>sendAndWait(new RegisterProduct(sku, "Teapot", eur("19.90"), null)))
                    .isTrue();
            commands.sendAndWait(new ReceiveStock(sku, 10, null));

            assertThat(context.getBean(EventStorageEngine.class)
                            .readEvents(null, false)
                            .map(event -> event.getPayloadType().getSimpleName()))
                    .containsExactly("ProductRegistered", "StockItemOpened", "StockReceived");
        });
    }

    @Test
    void leavesThemToOthersWithoutTheRole() {
        process.withPropertyValues("order-workflow.roles=order,saga")
                .run(context ->
                        assertThat(context).doesNotHaveBean(StockItems.class).doesNotHaveBean("stockItemRepository"));
    }
}
