package io.orderworkflow.api;

import io.orderworkflow.api.cart.CartCommand;
import io.orderworkflow.api.cart.CartEvent;
import io.orderworkflow.api.inventory.ProductCommand;
import io.orderworkflow.api.inventory.ProductEvent;
import io.orderworkflow.api.inventory.StockCommand;
import io.orderworkflow.api.inventory.StockEvent;
import io.orderworkflow.api.order.OrderCommand;
import io.orderworkflow.api.order.OrderEvent;
import io.orderworkflow.api.payment.PaymentCommand;
import io.orderworkflow.api.payment.PaymentEvent;
import java.util.List;
import java.util.stream.Stream;

/**
 * All commands and events there are. An event is stored under its logical name, the simple name of its class, so these
 * are unique and for ever.
 */
public final class MessageFamilies {

    /** The families of events. */
    public static final List<Class<?>> EVENTS =
            List.of(CartEvent.class, OrderEvent.class, ProductEvent.class, StockEvent.class, PaymentEvent.class);

    /** The families of commands. */
    public static final List<Class<?>> COMMANDS = List.of(
            CartCommand.class, OrderCommand.class, ProductCommand.class, StockCommand.class, PaymentCommand.class);

    private MessageFamilies() {}

    /** The classes of all events. */
    public static Stream<Class<?>> events() {
        return EVENTS.stream().flatMap(family -> Stream.of(family.getPermittedSubclasses()));
    }

    /** The classes of all commands. */
    public static Stream<Class<?>> commands() {
        return COMMANDS.stream().flatMap(family -> Stream.of(family.getPermittedSubclasses()));
    }
}
