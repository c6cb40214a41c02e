package io.orderworkflow.order;

import io.orderworkflow.api.CartId;
import io.orderworkflow.api.CustomerId;
import io.orderworkflow.api.OrderId;
import io.orderworkflow.api.cart.CartCheckedOut;
import io.orderworkflow.api.cart.CartCreated;
import io.orderworkflow.api.cart.CartExpired;
import io.orderworkflow.api.cart.CartItem;
import io.orderworkflow.api.cart.CartStatus;
import io.orderworkflow.api.cart.CartView;
import io.orderworkflow.api.cart.FindCart;
import io.orderworkflow.api.cart.ItemAddedToCart;
import io.orderworkflow.api.cart.ItemRemovedFromCart;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.eventsourcing.eventstore.DomainEventStream;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.axonframework.queryhandling.QueryHandler;
import org.jspecify.annotations.Nullable;

/**
 * Shows a cart by reading its events. There are few of them, and a view that lags behind would let a customer check out
 * something else than they have just put in.
 */
final class CartReader {

    private final EventStore events;
    private final Duration expiry;

    CartReader(EventStore events, Duration expiry) {
        this.events = events;
        this.expiry = expiry;
    }

    @QueryHandler
    Optional<CartView> handle(FindCart query) {
        DomainEventStream stream = events.readEvents(query.cartId().toString());
        Reading reading = new Reading();
        while (stream.hasNext()) {
            reading.read(stream.next());
        }
        return reading.view(expiry);
    }

    private static final class Reading {

        private final Map<String, CartItem> items = new LinkedHashMap<>();
        private @Nullable CartId cartId;
        private @Nullable CustomerId customerId;
        private @Nullable OrderId orderId;
        private @Nullable Instant createdAt;
        private @Nullable Instant changedAt;
        private CartStatus status = CartStatus.OPEN;

        void read(DomainEventMessage<?> message) {
            Object event = message.getPayload();
            if (event instanceof CartCreated created) {
                cartId = created.cartId();
                customerId = created.customerId();
                createdAt = message.getTimestamp();
                changedAt = createdAt;
            } else if (event instanceof ItemAddedToCart added) {
                items.put(added.sku().toString(), new CartItem(added.sku(), added.quantity(), added.price()));
                changedAt = message.getTimestamp();
            } else if (event instanceof ItemRemovedFromCart removed) {
                items.remove(removed.sku().toString());
                changedAt = message.getTimestamp();
            } else if (event instanceof CartCheckedOut checkedOut) {
                orderId = checkedOut.orderId();
                status = CartStatus.CHECKED_OUT;
            } else if (event instanceof CartExpired) {
                status = CartStatus.EXPIRED;
            }
        }

        Optional<CartView> view(Duration expiry) {
            if (cartId == null) {
                return Optional.empty();
            }
            return Optional.of(new CartView(
                    cartId,
                    Objects.requireNonNull(customerId),
                    status,
                    List.copyOf(items.values()),
                    orderId,
                    Objects.requireNonNull(createdAt),
                    status == CartStatus.OPEN
                            ? Objects.requireNonNull(changedAt).plus(expiry)
                            : null));
        }
    }
}
