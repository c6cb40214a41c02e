package io.orderworkflow.rest;

import io.orderworkflow.api.CartId;
import io.orderworkflow.api.OrderId;
import io.orderworkflow.api.Refusal;
import io.orderworkflow.api.cart.AddItemToCart;
import io.orderworkflow.api.cart.CartCheckedOut;
import io.orderworkflow.api.cart.CartCommand;
import io.orderworkflow.api.cart.CartView;
import io.orderworkflow.api.cart.CheckOutCart;
import io.orderworkflow.api.cart.CreateCart;
import io.orderworkflow.api.cart.FindCart;
import io.orderworkflow.api.cart.PriceChange;
import io.orderworkflow.api.cart.RemoveItemFromCart;
import io.orderworkflow.platform.CommandRefusedException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.axonframework.commandhandling.CommandHandler;
import org.axonframework.queryhandling.QueryHandler;
import org.jspecify.annotations.Nullable;

/** Stands for the module that decides on carts. */
final class StubCarts {

    private final Map<CartId, CartView> carts = new ConcurrentHashMap<>();
    private final List<CartCommand> commands = new CopyOnWriteArrayList<>();
    private volatile Refusal.@Nullable Code refusal;
    private volatile List<PriceChange> priceChanges = List.of();

    void reset() {
        carts.clear();
        commands.clear();
        refusal = null;
        priceChanges = List.of();
    }

    void show(CartView cart) {
        carts.put(cart.cartId(), cart);
    }

    /** Refuses all commands from now on. */
    void refuse(Refusal.Code code) {
        refusal = code;
    }

    void tellPriceChanges(List<PriceChange> changes) {
        priceChanges = changes;
    }

    List<CartCommand> commands() {
        return commands;
    }

    private void arrived(CartCommand command) {
        commands.add(command);
        if (refusal != null) {
            throw new CommandRefusedException(refusal, "the rule in words");
        }
    }

    @CommandHandler
    void handle(CreateCart command) {
        arrived(command);
    }

    @CommandHandler
    void handle(AddItemToCart command) {
        arrived(command);
    }

    @CommandHandler
    void handle(RemoveItemFromCart command) {
        arrived(command);
    }

    @CommandHandler
    CartCheckedOut handle(CheckOutCart command) {
        arrived(command);
        return new CartCheckedOut(
                command.cartId(),
                OrderId.forCart(command.cartId()),
                Objects.requireNonNull(carts.get(command.cartId())).customerId(),
                command.lines(),
                command.payment(),
                command.shippingAddress(),
                command.idempotencyKey(),
                command.requestFingerprint(),
                priceChanges);
    }

    @QueryHandler
    Optional<CartView> handle(FindCart query) {
        return Optional.ofNullable(carts.get(query.cartId()));
    }
}
