package io.orderworkflow.platform.projection;

import static io.orderworkflow.api.Amounts.eur;
import static io.orderworkflow.api.SampleOrder.anOrder;
import static io.orderworkflow.api.SampleOrder.orderId;
import static org.assertj.core.api.Assertions.assertThat;

import io.orderworkflow.api.OrderId;
import io.orderworkflow.api.PaymentId;
import io.orderworkflow.api.Sku;
import io.orderworkflow.api.inventory.ProductRegistered;
import io.orderworkflow.api.inventory.StockDebited;
import io.orderworkflow.api.inventory.StockReceived;
import io.orderworkflow.api.inventory.StockReleased;
import io.orderworkflow.api.inventory.StockReservationRejected;
import io.orderworkflow.api.inventory.StockReserved;
import io.orderworkflow.api.inventory.StockRestocked;
import io.orderworkflow.api.order.OrderConfirmed;
import io.orderworkflow.api.payment.CaptureRequested;
import java.util.stream.Stream;
import org.axonframework.eventhandling.EventMessage;
import org.axonframework.eventhandling.GenericDomainEventMessage;
import org.axonframework.eventhandling.GenericEventMessage;
import org.axonframework.messaging.GenericMessage;
import org.axonframework.serialization.SerializationException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class EventSequenceTest {

    private static final OrderId ORDER_ID = orderId("an-order");
    private static final Sku SKU = new Sku("SKU-1");

    static Stream<Object> eventsOfAnOrder() {
        return Stream.of(
                anOrder().of("SKU-1", 2).placed(),
                new OrderConfirmed(ORDER_ID),
                new CaptureRequested(PaymentId.forOrder(ORDER_ID), ORDER_ID, eur("1")),
                new StockReserved(SKU, ORDER_ID, 2, 2),
                new StockReservationRejected(SKU, ORDER_ID, 2, 0),
                new StockReleased(SKU, ORDER_ID, 2, 0),
                new StockDebited(SKU, ORDER_ID, 10, 2, 8, 0),
                new StockRestocked(SKU, ORDER_ID, 2, 8, 10, ORDER_ID.value()));
    }

    @ParameterizedTest
    @MethodSource("eventsOfAnOrder")
    void keepsTheEventsOfAnOrderTogetherWhicheverAggregateTheyAreFrom(Object event) {
        assertThat(EventSequence.OF_ORDER.getSequenceIdentifierFor(eventOf("some-aggregate", event)))
                .isEqualTo(ORDER_ID.toString());
    }

    static Stream<Object> eventsOfASku() {
        return Stream.of(
                new ProductRegistered(SKU, "Lamp", eur("1"), null),
                new StockReceived(SKU, 1, 1, null),
                new StockReserved(SKU, ORDER_ID, 2, 2),
                new StockDebited(SKU, ORDER_ID, 10, 2, 8, 0));
    }

    @ParameterizedTest
    @MethodSource("eventsOfASku")
    void keepsTheEventsOfASkuTogetherWhicheverAggregateTheyAreFrom(Object event) {
        assertThat(EventSequence.OF_SKU.getSequenceIdentifierFor(eventOf("some-aggregate", event)))
                .isEqualTo("SKU-1");
    }

    @Test
    void keepsOtherEventsOfAnAggregateTogether() {
        assertThat(EventSequence.OF_ORDER.getSequenceIdentifierFor(
                        eventOf("stock:SKU-1", new StockReceived(SKU, 1, 1, null))))
                .isEqualTo("stock:SKU-1");
    }

    @Test
    void keepsAnEventThatCannotBeReadWithItsAggregate() {
        assertThat(EventSequence.OF_ORDER.getSequenceIdentifierFor(new Unreadable("some-aggregate")))
                .isEqualTo("some-aggregate");
    }

    @Test
    void letsAnEventOfNothingStandAlone() {
        EventMessage<?> event = GenericEventMessage.asEventMessage("something else");

        assertThat(EventSequence.OF_SKU.getSequenceIdentifierFor(event)).isEqualTo(event.getIdentifier());
    }

    private static EventMessage<?> eventOf(String aggregateId, Object payload) {
        return new GenericDomainEventMessage<>("SomeAggregate", aggregateId, 0, payload);
    }

    private static final class Unreadable extends GenericDomainEventMessage<Object> {

        private static final long serialVersionUID = 1L;

        Unreadable(String aggregateId) {
            super(
                    "SomeAggregate",
                    aggregateId,
                    0,
                    new GenericMessage<>("never read"),
                    GenericEventMessage.clock.instant());
        }

        @Override
        public Object getPayload() {
            throw new SerializationException("not what it should be");
        }
    }
}
