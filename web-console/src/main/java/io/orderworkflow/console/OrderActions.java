package io.orderworkflow.console;

import io.orderworkflow.api.order.OrderStatus;
import io.orderworkflow.api.order.OrderView;
import io.orderworkflow.api.payment.PaymentStatus;
import java.util.Set;

/**
 * What is worth offering to do with an order. Whether it can be done is decided by whom it is asked of.
 *
 * @param cancel whether it can still be cancelled
 * @param ship whether it is ready to be shipped
 * @param deliver whether it is on its way
 * @param refund whether money of it can be given back
 */
record OrderActions(boolean cancel, boolean ship, boolean deliver, boolean refund) {

    private static final Set<PaymentStatus> TAKEN = Set.of(PaymentStatus.CAPTURED, PaymentStatus.PARTIALLY_REFUNDED);
    private static final Set<OrderStatus> NOT_SHIPPED =
            Set.of(OrderStatus.PLACED, OrderStatus.RESERVED, OrderStatus.CONFIRMED);
    private static final Set<OrderStatus> FULFILLED =
            Set.of(OrderStatus.CONFIRMED, OrderStatus.SHIPPED, OrderStatus.DELIVERED);

    static OrderActions on(OrderView order) {
        boolean wanted = order.cancellation() == null;
        OrderView.Payment payment = order.payment();
        return new OrderActions(
                wanted && NOT_SHIPPED.contains(order.status()),
                wanted && order.status() == OrderStatus.CONFIRMED,
                order.status() == OrderStatus.SHIPPED,
                wanted && FULFILLED.contains(order.status()) && payment != null && TAKEN.contains(payment.status()));
    }
}
