package io.orderworkflow.saga;

import io.orderworkflow.api.inventory.StockCommand;
import io.orderworkflow.api.order.OrderCommand;
import io.orderworkflow.api.payment.PaymentCommand;

/** Tells whom a command is for. */
final class CommandTarget {

    private CommandTarget() {}

    static String of(Object command) {
        if (command instanceof StockCommand stock) {
            return stock.sku().value();
        }
        if (command instanceof PaymentCommand payment) {
            return payment.paymentId().toString();
        }
        if (command instanceof OrderCommand order) {
            return order.orderId().toString();
        }
        return "";
    }
}
