package io.orderworkflow.platform.projection;

import io.orderworkflow.api.inventory.ProductEvent;
import io.orderworkflow.api.inventory.StockDebited;
import io.orderworkflow.api.inventory.StockEvent;
import io.orderworkflow.api.inventory.StockReleased;
import io.orderworkflow.api.inventory.StockReservationRejected;
import io.orderworkflow.api.inventory.StockReserved;
import io.orderworkflow.api.inventory.StockRestocked;
import io.orderworkflow.api.order.OrderEvent;
import io.orderworkflow.api.payment.PaymentEvent;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.eventhandling.EventMessage;
import org.axonframework.eventhandling.async.SequencingPolicy;
import org.jspecify.annotations.Nullable;

/**
 * Which events are handled one after the other, by the same segment, and parked together.
 *
 * <p>Sequences are told by strings: a dead letter queue keeps no more than the hash code of anything else, and these
 * are the same in every process.
 */
public enum EventSequence implements SequencingPolicy<EventMessage<?>> {

    /** All events of one order, whichever aggregate they are from. */
    OF_ORDER {
        @Override
        @Nullable
        Object key(Object payload) {
            if (payload instanceof OrderEvent event) {
                return event.orderId();
            }
            if (payload instanceof PaymentEvent event) {
                return event.orderId();
            }
            if (payload instanceof StockReserved event) {
                return event.orderId();
            }
            if (payload instanceof StockReservationRejected event) {
                return event.orderId();
            }
            if (payload instanceof StockReleased event) {
                return event.orderId();
            }
            if (payload instanceof StockDebited event) {
                return event.orderId();
            }
            if (payload instanceof StockRestocked event) {
                return event.orderId();
            }
            return null;
        }
    },

    /** All events of one SKU: of its product and of its stock. */
    OF_SKU {
        @Override
        @Nullable
        Object key(Object payload) {
            if (payload instanceof StockEvent event) {
                return event.sku();
            }
            if (payload instanceof ProductEvent event) {
                return event.sku();
            }
            return null;
        }
    };

    abstract @Nullable Object key(Object payload);

    @Override
    public Object getSequenceIdentifierFor(EventMessage<?> event) {
        Object key;
        try {
            key = key(event.getPayload());
        } catch (RuntimeException unreadable) {
            // Thrown from here it would stop all segments; its handler will fail on it, and have it parked.
            key = null;
        }
        if (key != null) {
            return key.toString();
        }
        return event instanceof DomainEventMessage<?> domainEvent
                ? domainEvent.getAggregateIdentifier()
                : event.getIdentifier();
    }
}
