package io.orderworkflow.inventory;

import static org.axonframework.modelling.command.AggregateLifecycle.apply;

import io.orderworkflow.api.Money;
import io.orderworkflow.api.inventory.ChangeProductPrice;
import io.orderworkflow.api.inventory.ProductCommand;
import io.orderworkflow.api.inventory.ProductDescriptionChanged;
import io.orderworkflow.api.inventory.ProductPriceChanged;
import io.orderworkflow.api.inventory.ProductRegistered;
import io.orderworkflow.api.inventory.RegisterProduct;
import java.util.Objects;
import org.axonframework.commandhandling.CommandHandler;
import org.axonframework.eventsourcing.EventSourcingHandler;
import org.axonframework.modelling.command.AggregateCreationPolicy;
import org.axonframework.modelling.command.AggregateIdentifier;
import org.axonframework.modelling.command.CreationPolicy;
import org.axonframework.serialization.Revision;
import org.axonframework.spring.stereotype.Aggregate;
import org.jspecify.annotations.Nullable;

/** What is sold under a SKU, and at what price. */
@Aggregate(cache = "productCache")
@Revision("1")
class Product {

    @AggregateIdentifier
    @SuppressWarnings("unused") // Read by Axon.
    private String id;

    private boolean registered;
    private String name;
    private Money price;
    private @Nullable String category;

    Product() {}

    @CommandHandler
    @CreationPolicy(AggregateCreationPolicy.CREATE_IF_MISSING)
    boolean handle(RegisterProduct command, StockItems stockItems) {
        if (registered) {
            describe(command);
            reprice(command, command.price());
            return false;
        }
        apply(new ProductRegistered(command.sku(), command.name(), command.price(), command.category()));
        // Together with the product: goods may be received as soon as the client has its answer.
        stockItems.open(command.sku());
        return true;
    }

    @CommandHandler
    void handle(ChangeProductPrice command) {
        reprice(command, command.price());
    }

    private void describe(RegisterProduct command) {
        if (!command.name().equals(name) || !Objects.equals(command.category(), category)) {
            apply(new ProductDescriptionChanged(command.sku(), command.name(), command.category()));
        }
    }

    private void reprice(ProductCommand command, Money newPrice) {
        if (!newPrice.equals(price)) {
            apply(new ProductPriceChanged(command.sku(), price, newPrice));
        }
    }

    @EventSourcingHandler
    void on(ProductRegistered event) {
        id = ProductCommand.productId(event.sku());
        registered = true;
        name = event.name();
        price = event.price();
        category = event.category();
    }

    @EventSourcingHandler
    void on(ProductPriceChanged event) {
        price = event.newPrice();
    }

    @EventSourcingHandler
    void on(ProductDescriptionChanged event) {
        name = event.name();
        category = event.category();
    }
}
