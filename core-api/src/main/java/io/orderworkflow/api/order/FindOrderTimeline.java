package io.orderworkflow.api.order;

import io.orderworkflow.api.OrderId;
import io.orderworkflow.api.ReadModel;
import io.orderworkflow.api.ReadModelQuery;

/**
 * Asks for everything that happened to an order; answered by an {@link OrderTimeline}, empty for an unknown order.
 *
 * @param orderId the order
 */
public record FindOrderTimeline(OrderId orderId) implements ReadModelQuery {

    @Override
    public ReadModel readModel() {
        return ReadModel.ORDERS;
    }
}
