package io.orderworkflow.api.order;

import io.orderworkflow.api.OrderId;
import io.orderworkflow.api.ReadModel;
import io.orderworkflow.api.ReadModelQuery;

/**
 * Asks for one order; answered by an optional {@link OrderView}, and, where updates are subscribed to, by its view
 * after every change.
 *
 * @param orderId the order
 */
public record FindOrder(OrderId orderId) implements ReadModelQuery {

    @Override
    public ReadModel readModel() {
        return ReadModel.ORDERS;
    }
}
