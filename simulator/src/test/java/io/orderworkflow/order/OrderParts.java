package io.orderworkflow.order;

/** The aggregate that decides on orders. */
public final class OrderParts {

    private OrderParts() {}

    /** The type of orders. */
    public static Class<?> order() {
        return Order.class;
    }
}
