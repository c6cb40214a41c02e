package io.orderworkflow.api.order;

import io.orderworkflow.api.CustomerId;
import io.orderworkflow.api.ReadModel;
import io.orderworkflow.api.ReadModelQuery;
import io.orderworkflow.api.Sku;
import io.orderworkflow.api.Sort;
import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Asks for a page of orders; answered by an {@link OrderPage}. A filter that is {@code null} does not filter. The
 * natural order is the newest first.
 *
 * @param status only orders in one of these states; empty does not filter
 * @param customerId only this customer's
 * @param sku only orders with this product
 * @param from only orders placed at or after this instant
 * @param to only orders placed before this instant
 * @param page the page, from 0
 * @param size items a page, 1 to 200
 * @param sort one of {@link #SORTABLE}
 */
public record FindOrders(
        Set<OrderStatus> status,
        @Nullable CustomerId customerId,
        @Nullable Sku sku,
        @Nullable Instant from,
        @Nullable Instant to,
        int page,
        int size,
        Sort sort)
        implements ReadModelQuery {

    /** The properties that orders can be sorted by. */
    public static final Set<String> SORTABLE = Set.of("placedAt", "settledAt", "status", "customerId", "total");

    @Override
    public ReadModel readModel() {
        return ReadModel.ORDERS;
    }
}
