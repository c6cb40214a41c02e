package io.orderworkflow.order;

import static io.orderworkflow.api.Amounts.eur;
import static org.assertj.core.api.Assertions.assertThat;

import io.orderworkflow.api.CartId;
import io.orderworkflow.api.CustomerId;
import io.orderworkflow.api.OrderId;
import io.orderworkflow.api.Sku;
import io.orderworkflow.api.cart.CartCheckedOut;
import io.orderworkflow.api.cart.CartCreated;
import io.orderworkflow.api.cart.CartEvent;
import io.orderworkflow.api.cart.CartExpired;
import io.orderworkflow.api.cart.CartItem;
import io.orderworkflow.api.cart.CartStatus;
import io.orderworkflow.api.cart.CartView;
import io.orderworkflow.api.cart.FindCart;
import io.orderworkflow.api.cart.ItemAddedToCart;
import io.orderworkflow.api.cart.ItemRemovedFromCart;
import io.orderworkflow.api.order.PaymentInstruction;
import io.orderworkflow.api.order.ShippingAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.axonframework.eventhandling.GenericDomainEventMessage;
import org.axonframework.eventsourcing.eventstore.EmbeddedEventStore;
import org.axonframework.eventsourcing.eventstore.inmemory.InMemoryEventStorageEngine;
import org.axonframework.messaging.MetaData;
import org.junit.jupiter.api.Test;

class CartReaderTest {

    private static final CartId CART = new CartId(UUID.fromString("11111111-2222-3333-4444-555555555555"));
    private static final CustomerId CUSTOMER = new CustomerId("customer-1");
    private static final Sku CUP = new Sku("CUP");
    private static final Sku SPOON = new Sku("SPOON");
    private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");
    private static final Duration EXPIRY = Duration.ofMinutes(30);

    private final EmbeddedEventStore events = EmbeddedEventStore.builder()
            .storageEngine(new InMemoryEventStorageEngine())
            .build();
    private final CartReader reader = new CartReader(events, EXPIRY);
    private long sequenceNumber;

    @Test
    void knowsNoCartThatWasNeverCreated() {
        assertThat(reader.handle(new FindCart(CART))).isEmpty();
    }

    @Test
    void showsAnEmptyCart() {
        happened(new CartCreated(CART, CUSTOMER));

        assertThat(reader.handle(new FindCart(CART)))
                .contains(new CartView(CART, CUSTOMER, CartStatus.OPEN, List.of(), null, NOON, NOON.plus(EXPIRY)));
    }

    @Test
    void showsWhatIsInAndWhenItExpires() {
        happened(new CartCreated(CART, CUSTOMER));
        happened(new ItemAddedToCart(CART, CUP, 2, eur("9.90")));
        happened(new ItemAddedToCart(CART, SPOON, 1, eur("0.25")));
        happened(new ItemAddedToCart(CART, CUP, 3, eur("8.90")));
        happened(new ItemRemovedFromCart(CART, SPOON));

        assertThat(reader.handle(new FindCart(CART)))
                .contains(new CartView(
                        CART,
                        CUSTOMER,
                        CartStatus.OPEN,
                        List.of(new CartItem(CUP, 3, eur("8.90"))),
                        null,
                        NOON,
                        NOON.plusSeconds(4).plus(EXPIRY)));
    }

    @Test
    void showsTheOrderThatItBecame() {
        happened(new CartCreated(CART, CUSTOMER));
        happened(new CartCheckedOut(
                CART,
                OrderId.forCart(CART),
                CUSTOMER,
                List.of(),
                new PaymentInstruction("card", "tok_ok"),
                new ShippingAddress("Ada", null, null, "London", "GB"),
                "key-1",
                "fingerprint-1",
                List.of()));

        assertThat(reader.handle(new FindCart(CART)))
                .contains(new CartView(
                        CART, CUSTOMER, CartStatus.CHECKED_OUT, List.of(), OrderId.forCart(CART), NOON, null));
    }

    @Test
    void showsThatItHasExpired() {
        happened(new CartCreated(CART, CUSTOMER));
        happened(new CartExpired(CART));

        assertThat(reader.handle(new FindCart(CART)))
                .contains(new CartView(CART, CUSTOMER, CartStatus.EXPIRED, List.of(), null, NOON, null));
    }

    /** One event a second, from noon on. */
    private void happened(CartEvent event) {
        events.publish(new GenericDomainEventMessage<>(
                "Cart",
                CART.toString(),
                sequenceNumber,
                event,
                MetaData.emptyInstance(),
                "id-" + sequenceNumber,
                NOON.plusSeconds(sequenceNumber)));
        sequenceNumber++;
    }
}
