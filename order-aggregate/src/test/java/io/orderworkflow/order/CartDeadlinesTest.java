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
import io.orderworkflow.api.cart.ExpireCart;
import io.orderworkflow.api.cart.ItemAddedToCart;
import io.orderworkflow.api.cart.ItemRemovedFromCart;
import io.orderworkflow.api.order.OrderLine;
import io.orderworkflow.api.order.PaymentInstruction;
import io.orderworkflow.api.order.PlaceOrder;
import io.orderworkflow.api.order.ShippingAddress;
import io.orderworkflow.platform.messaging.CommandBatch;
import io.orderworkflow.platform.schedule.CommandSchedule;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.axonframework.commandhandling.SimpleCommandBus;
import org.axonframework.commandhandling.gateway.DefaultCommandGateway;
import org.axonframework.eventhandling.AnnotationEventHandlerAdapter;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.eventhandling.GenericDomainEventMessage;
import org.axonframework.messaging.MetaData;
import org.axonframework.messaging.ResultMessage;
import org.axonframework.messaging.unitofwork.DefaultUnitOfWork;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class CartDeadlinesTest {

    private static final CartId CART = new CartId(UUID.fromString("11111111-2222-3333-4444-555555555555"));
    private static final CustomerId CUSTOMER = new CustomerId("customer-1");
    private static final Sku SKU = new Sku("SKU-1");
    private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");
    private static final Duration EXPIRY = Duration.ofMinutes(30);

    private final Map<String, Scheduled> scheduled = new TreeMap<>();
    private final List<Object> sent = new ArrayList<>();
    private final SimpleCommandBus bus = SimpleCommandBus.builder().build();
    private final CommandSchedule schedule = new CommandSchedule() {
        @Override
        public void schedule(String name, Instant due, Object command) {
            scheduled.put(name, new Scheduled(due, command));
        }

        @Override
        public void cancel(String name) {
            scheduled.remove(name);
        }
    };
    private final AnnotationEventHandlerAdapter handler = new AnnotationEventHandlerAdapter(new CartDeadlines(
            schedule,
            new CommandBatch(DefaultCommandGateway.builder().commandBus(bus).build(), Duration.ofSeconds(5)),
            EXPIRY));

    private record Scheduled(Instant due, Object command) {}

    @BeforeEach
    void acceptOrders() {
        bus.subscribe(PlaceOrder.class.getName(), command -> sent.add(command.getPayload()));
    }

    @Test
    void expiresACartThatIsNotChanged() {
        handle(new CartCreated(CART, CUSTOMER), 0, NOON);

        assertThat(scheduled.values()).containsExactly(new Scheduled(NOON.plus(EXPIRY), new ExpireCart(CART, 0)));
    }

    @Test
    void putsTheDeadlineOffWithEveryChange() {
        handle(new CartCreated(CART, CUSTOMER), 0, NOON);
        handle(new ItemAddedToCart(CART, SKU, 2, eur("9.90")), 1, NOON.plusSeconds(60));
        assertThat(scheduled.values())
                .containsExactly(new Scheduled(NOON.plusSeconds(60).plus(EXPIRY), new ExpireCart(CART, 1)));

        handle(new ItemRemovedFromCart(CART, SKU), 2, NOON.plusSeconds(120));
        assertThat(scheduled.values())
                .containsExactly(new Scheduled(NOON.plusSeconds(120).plus(EXPIRY), new ExpireCart(CART, 2)));
    }

    @Test
    void placesTheOrderOfACartThatIsCheckedOut() {
        List<OrderLine> lines = List.of(new OrderLine(SKU, "a product", 2, eur("9.90")));
        PaymentInstruction payment = new PaymentInstruction("card", "tok_ok");
        ShippingAddress address = new ShippingAddress("Ada", null, null, "London", "GB");
        OrderId orderId = OrderId.forCart(CART);
        handle(new CartCreated(CART, CUSTOMER), 0, NOON);

        handle(
                new CartCheckedOut(
                        CART, orderId, CUSTOMER, lines, payment, address, "key-1", "fingerprint-1", List.of()),
                1,
                NOON);

        assertThat(scheduled).isEmpty();
        assertThat(sent).containsExactly(new PlaceOrder(orderId, CUSTOMER, lines, payment, address, "fingerprint-1"));
    }

    @Test
    void isNeverReplayed() {
        assertThat(handler.supportsReset()).isFalse();
    }

    private void handle(CartEvent event, long sequenceNumber, Instant at) {
        DomainEventMessage<?> message = new GenericDomainEventMessage<>(
                "Cart", CART.toString(), sequenceNumber, event, MetaData.emptyInstance(), "id-" + sequenceNumber, at);
        ResultMessage<?> result =
                DefaultUnitOfWork.startAndGet(message).executeWithResult(() -> handler.handle(message));
        if (result.isExceptional()) {
            throw new AssertionError(result.exceptionResult());
        }
    }
}
