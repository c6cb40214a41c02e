package io.orderworkflow.order;

import io.orderworkflow.api.CartId;
import io.orderworkflow.api.cart.CartCheckedOut;
import io.orderworkflow.api.cart.CartCreated;
import io.orderworkflow.api.cart.CartEvent;
import io.orderworkflow.api.cart.ExpireCart;
import io.orderworkflow.api.cart.ItemAddedToCart;
import io.orderworkflow.api.cart.ItemRemovedFromCart;
import io.orderworkflow.api.order.PlaceOrder;
import io.orderworkflow.platform.messaging.CommandBatch;
import io.orderworkflow.platform.schedule.CommandSchedule;
import java.time.Duration;
import org.axonframework.config.ProcessingGroup;
import org.axonframework.eventhandling.DisallowReplay;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.eventhandling.EventHandler;

/**
 * Sees to it that a cart ends: that it expires if it is left alone, and becomes an order when it is checked out, even if
 * whoever took the request ends before it has placed that. A repeat changes nothing: the cart's version goes with the
 * deadline, and the order knows the request.
 *
 * <p>Must not be replayed: the carts of long ago are over.
 */
@ProcessingGroup(CartDeadlines.PROCESSING_GROUP)
@DisallowReplay
final class CartDeadlines {

    static final String PROCESSING_GROUP = "cart-deadlines";

    private final CommandSchedule schedule;
    private final CommandBatch commands;
    private final Duration expiry;

    CartDeadlines(CommandSchedule schedule, CommandBatch commands, Duration expiry) {
        this.schedule = schedule;
        this.commands = commands;
        this.expiry = expiry;
    }

    @EventHandler
    void on(CartCreated event, DomainEventMessage<?> message) {
        expireUnlessChanged(event, message);
    }

    @EventHandler
    void on(ItemAddedToCart event, DomainEventMessage<?> message) {
        expireUnlessChanged(event, message);
    }

    @EventHandler
    void on(ItemRemovedFromCart event, DomainEventMessage<?> message) {
        expireUnlessChanged(event, message);
    }

    private void expireUnlessChanged(CartEvent event, DomainEventMessage<?> message) {
        schedule.schedule(
                deadlineOf(event.cartId()),
                message.getTimestamp().plus(expiry),
                new ExpireCart(event.cartId(), message.getSequenceNumber()));
    }

    @EventHandler
    void on(CartCheckedOut event) {
        schedule.cancel(deadlineOf(event.cartId()));
        commands.send(new PlaceOrder(
                event.orderId(),
                event.customerId(),
                event.lines(),
                event.payment(),
                event.shippingAddress(),
                event.requestFingerprint()));
    }

    private static String deadlineOf(CartId cartId) {
        return "cart/" + cartId;
    }
}
