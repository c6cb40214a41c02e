package io.orderworkflow.application;

import io.orderworkflow.api.Money;
import io.orderworkflow.api.Sku;
import io.orderworkflow.api.inventory.ReceiveStock;
import io.orderworkflow.api.inventory.RegisterProduct;
import io.orderworkflow.api.inventory.SetReorderPoint;
import java.util.List;
import org.axonframework.commandhandling.gateway.CommandGateway;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/** Puts a few products on the shelves of a shop that is opened for the first time, so that there is something to order. */
@Component
@ConditionalOnProperty(name = "order-workflow.demo-catalogue", havingValue = "true")
final class DemoCatalogue {

    private static final Logger log = LoggerFactory.getLogger(DemoCatalogue.class);

    private static final List<Offer> OFFERS = List.of(
            new Offer("COFFEE-1KG", "Coffee beans, 1 kg", "18.90", "Kitchen", 500),
            new Offer("MUG-BLUE", "Mug, blue", "9.50", "Kitchen", 200),
            new Offer("KETTLE", "Kettle, 1.2 l", "49.00", "Kitchen", 40),
            new Offer("NOTEBOOK-A5", "Notebook, A5, dotted", "6.40", "Office", 1_000),
            new Offer("LAMP-DESK", "Desk lamp", "79.00", "Office", 25),
            new Offer("LAST-ONE", "The last one of its kind", "120.00", "Rarities", 1));

    private final CommandGateway commands;
    private final EventStore events;

    DemoCatalogue(CommandGateway commands, EventStore events) {
        this.commands = commands;
        this.events = events;
    }

    @EventListener(ApplicationReadyEvent.class)
    void fillEmptyShelves() {
        if (events.createHeadToken() == null) {
            OFFERS.forEach(this::offer);
            log.info("the shop was empty: {} products were put on its shelves", OFFERS.size());
        }
    }

    private void offer(Offer offer) {
        Sku sku = new Sku(offer.sku());
        commands.sendAndWait(new RegisterProduct(sku, offer.name(), Money.of(offer.price(), "EUR"), offer.category()));
        commands.sendAndWait(new ReceiveStock(sku, offer.pieces(), "opening stock"));
        commands.sendAndWait(new SetReorderPoint(sku, offer.pieces() / 10));
    }

    private record Offer(String sku, String name, String price, String category, long pieces) {}
}
