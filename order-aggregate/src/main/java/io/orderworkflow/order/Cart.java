package io.orderworkflow.order;

import static org.axonframework.modelling.command.AggregateLifecycle.apply;

import io.orderworkflow.api.CartId;
import io.orderworkflow.api.CustomerId;
import io.orderworkflow.api.Money;
import io.orderworkflow.api.OrderId;
import io.orderworkflow.api.Refusal;
import io.orderworkflow.api.Sku;
import io.orderworkflow.api.cart.AddItemToCart;
import io.orderworkflow.api.cart.CartCheckedOut;
import io.orderworkflow.api.cart.CartCreated;
import io.orderworkflow.api.cart.CartExpired;
import io.orderworkflow.api.cart.CheckOutCart;
import io.orderworkflow.api.cart.CreateCart;
import io.orderworkflow.api.cart.ExpireCart;
import io.orderworkflow.api.cart.ItemAddedToCart;
import io.orderworkflow.api.cart.ItemRemovedFromCart;
import io.orderworkflow.api.cart.PriceChange;
import io.orderworkflow.api.cart.RemoveItemFromCart;
import io.orderworkflow.api.order.OrderLine;
import io.orderworkflow.api.order.PlaceOrder;
import io.orderworkflow.platform.CommandRefusedException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.axonframework.commandhandling.CommandHandler;
import org.axonframework.eventhandling.SequenceNumber;
import org.axonframework.eventsourcing.EventSourcingHandler;
import org.axonframework.modelling.command.AggregateCreationPolicy;
import org.axonframework.modelling.command.AggregateIdentifier;
import org.axonframework.modelling.command.CreationPolicy;
import org.axonframework.serialization.Revision;
import org.axonframework.spring.stereotype.Aggregate;
import org.jspecify.annotations.Nullable;

/** What a customer means to order: changed until it is checked out, once, or expires. */
@Aggregate(cache = "cartCache")
@Revision("1")
class Cart {

    @AggregateIdentifier
    private @Nullable CartId cartId;

    private @Nullable CustomerId customerId;
    // By the SKU's text: JSON has no other keys.
    private Map<String, Item> items = new LinkedHashMap<>();
    private long lastChange;
    private boolean expired;
    private @Nullable CartCheckedOut checkedOut;

    Cart() {}

    @CommandHandler
    @CreationPolicy(AggregateCreationPolicy.CREATE_IF_MISSING)
    void handle(CreateCart command) {
        if (cartId == null) {
            apply(new CartCreated(command.cartId(), command.customerId()));
        }
    }

    @CommandHandler
    void handle(AddItemToCart command) {
        requireOpen();
        Item item = items.get(command.sku().toString());
        if (item == null) {
            requireRoom();
        }
        if (!new Item(command.quantity(), command.price()).equals(item)) {
            apply(new ItemAddedToCart(command.cartId(), command.sku(), command.quantity(), command.price()));
        }
    }

    @CommandHandler
    void handle(RemoveItemFromCart command) {
        requireOpen();
        if (items.containsKey(command.sku().toString())) {
            apply(new ItemRemovedFromCart(command.cartId(), command.sku()));
        }
    }

    @CommandHandler
    CartCheckedOut handle(CheckOutCart command) {
        if (checkedOut != null && checkedOut.idempotencyKey().equals(command.idempotencyKey())) {
            requireSameRequest(checkedOut, command);
            return checkedOut;
        }
        requireOpen();
        requireItems();
        requireUnchangedItems(command.lines());
        requirePayable(command.lines());
        CartCheckedOut event = new CartCheckedOut(
                command.cartId(),
                OrderId.forCart(command.cartId()),
                Objects.requireNonNull(customerId),
                command.lines(),
                command.payment(),
                command.shippingAddress(),
                command.idempotencyKey(),
                command.requestFingerprint(),
                priceChanges(command.lines()));
        apply(event);
        return event;
    }

    @CommandHandler
    void handle(ExpireCart command) {
        if (!expired && checkedOut == null && lastChange == command.lastChange()) {
            apply(new CartExpired(command.cartId()));
        }
    }

    private void requireOpen() {
        if (checkedOut != null) {
            throw new CommandRefusedException(
                    Refusal.Code.CART_CHECKED_OUT,
                    "this cart was checked out: it became order " + checkedOut.orderId());
        }
        if (expired) {
            throw new CommandRefusedException(
                    Refusal.Code.CART_EXPIRED, "this cart has expired, because it was not changed for too long");
        }
    }

    private void requireRoom() {
        if (items.size() >= PlaceOrder.MAX_LINES) {
            throw new CommandRefusedException(
                    Refusal.Code.CART_FULL, "a cart has at most " + PlaceOrder.MAX_LINES + " different items");
        }
    }

    private void requireItems() {
        if (items.isEmpty()) {
            throw new CommandRefusedException(Refusal.Code.CART_EMPTY, "there is nothing in this cart to be ordered");
        }
    }

    private void requireUnchangedItems(List<OrderLine> lines) {
        Map<String, Integer> asked = lines.stream()
                .collect(Collectors.groupingBy(
                        line -> line.sku().toString(), Collectors.summingInt(OrderLine::quantity)));
        Map<String, Integer> inCart = items.entrySet().stream()
                .collect(Collectors.toMap(
                        Map.Entry::getKey, item -> item.getValue().quantity()));
        if (!asked.equals(inCart)) {
            throw new CommandRefusedException(
                    Refusal.Code.CART_CHANGED, "this cart was changed while it was being checked out");
        }
    }

    /** The order must not refuse what the cart has become. */
    private static void requirePayable(List<OrderLine> lines) {
        Money unused = Order.total(lines);
    }

    private static void requireSameRequest(CartCheckedOut before, CheckOutCart command) {
        if (!before.requestFingerprint().equals(command.requestFingerprint())) {
            throw new CommandRefusedException(
                    Refusal.Code.IDEMPOTENCY_KEY_REUSED,
                    "this idempotency key was used for another request, which became order " + before.orderId());
        }
    }

    private List<PriceChange> priceChanges(List<OrderLine> lines) {
        return lines.stream()
                .map(line -> new PriceChange(line.sku(), priceSeen(line.sku()), line.unitPrice()))
                .filter(change -> !change.seen().equals(change.now()))
                .toList();
    }

    private Money priceSeen(Sku sku) {
        return Objects.requireNonNull(items.get(sku.toString())).price();
    }

    @EventSourcingHandler
    void on(CartCreated event, @SequenceNumber long sequenceNumber) {
        cartId = event.cartId();
        customerId = event.customerId();
        lastChange = sequenceNumber;
    }

    @EventSourcingHandler
    void on(ItemAddedToCart event, @SequenceNumber long sequenceNumber) {
        items.put(event.sku().toString(), new Item(event.quantity(), event.price()));
        lastChange = sequenceNumber;
    }

    @EventSourcingHandler
    void on(ItemRemovedFromCart event, @SequenceNumber long sequenceNumber) {
        items.remove(event.sku().toString());
        lastChange = sequenceNumber;
    }

    @EventSourcingHandler
    void on(CartCheckedOut event) {
        checkedOut = event;
    }

    @EventSourcingHandler
    void on(CartExpired event) {
        expired = true;
    }

    private record Item(int quantity, Money price) {}
}
