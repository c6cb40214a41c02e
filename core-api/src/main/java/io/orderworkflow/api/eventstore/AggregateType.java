package io.orderworkflow.api.eventstore;

import java.util.Optional;
import java.util.stream.Stream;

/** The kinds of aggregates there are, whose logical names stand with every event. */
public enum AggregateType {
    /** A customer's cart. */
    CART("Cart"),
    /** An order. */
    ORDER("Order"),
    /** The payment of an order. */
    PAYMENT("Payment"),
    /** What can be ordered; its identifier is {@code product:} and the SKU. */
    PRODUCT("Product"),
    /** The stock of a product; its identifier is {@code stock:} and the SKU. */
    STOCK_ITEM("StockItem");

    private final String logicalName;

    AggregateType(String logicalName) {
        this.logicalName = logicalName;
    }

    /** The name under which it is known outside, such as {@code StockItem}. */
    public String logicalName() {
        return logicalName;
    }

    /** The one of that logical name, if there is one. */
    public static Optional<AggregateType> named(String logicalName) {
        return Stream.of(values())
                .filter(type -> type.logicalName.equals(logicalName))
                .findFirst();
    }
}
