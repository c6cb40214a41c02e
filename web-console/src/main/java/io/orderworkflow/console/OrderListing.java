package io.orderworkflow.console;

import io.orderworkflow.api.order.OrderStatus;
import io.orderworkflow.api.order.OrderView;
import io.orderworkflow.api.order.Workflow;
import io.orderworkflow.api.payment.PaymentStatus;
import org.jspecify.annotations.Nullable;

/**
 * An order in a list.
 *
 * @param order the order
 * @param standing where it stands, in words
 * @param stuck whether somebody should look at it
 */
record OrderListing(OrderView order, String standing, boolean stuck) {

    static OrderListing of(OrderView order, @Nullable Workflow stuck) {
        return new OrderListing(order, stuck == null ? standing(order) : standing(stuck), stuck != null);
    }

    private static String standing(Workflow stuck) {
        String waits = "waits for " + stuck.waitingFor();
        return stuck.reason() == null ? waits : waits + ": " + stuck.reason();
    }

    /** Where an order stands, in words. */
    static String standing(OrderView order) {
        if (order.cancellation() != null && order.status() != OrderStatus.CANCELLED) {
            return "being cancelled; what was done for it is being undone";
        }
        return switch (order.status()) {
            case PLACED -> "stock is being set aside";
            case RESERVED -> "stock is set aside; " + payment(order.payment());
            case CONFIRMED -> "paid and set aside; ready to be shipped";
            case SHIPPED ->
                order.shipment() == null
                        ? "on its way"
                        : "on its way with " + order.shipment().carrier();
            case DELIVERED -> "received by the customer";
            case REJECTED, CANCELLED ->
                order.statusReason() == null ? "over" : order.statusReason().message();
        };
    }

    private static String payment(OrderView.@Nullable Payment payment) {
        if (payment == null) {
            return "the payment is to be asked for";
        }
        return payment.status() == PaymentStatus.AUTHORIZED
                ? "the money is held and being taken"
                : "the payment is being authorised";
    }
}
