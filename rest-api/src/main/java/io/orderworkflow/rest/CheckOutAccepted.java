package io.orderworkflow.rest;

import io.orderworkflow.api.OrderId;
import io.orderworkflow.api.cart.CartCheckedOut;
import io.orderworkflow.api.cart.PriceChange;
import io.orderworkflow.api.order.OrderStatus;
import java.util.List;

/**
 * Says that a cart became an order, the same each time that it is asked for.
 *
 * @param orderId the order
 * @param status {@code PLACED}: what has become of it since is to be seen at its own address
 * @param priceChanges the items that are ordered at another price than was seen when they were put into the cart
 */
record CheckOutAccepted(OrderId orderId, OrderStatus status, List<PriceChange> priceChanges) {

    static CheckOutAccepted of(CartCheckedOut checkedOut) {
        return new CheckOutAccepted(checkedOut.orderId(), OrderStatus.PLACED, checkedOut.priceChanges());
    }
}
