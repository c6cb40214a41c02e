package io.orderworkflow.api.order;

import io.orderworkflow.api.ReadModel;
import io.orderworkflow.api.ReadModelQuery;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Asks what was sold; answered by a {@link SalesReport}.
 *
 * @param from only orders placed at or after this instant, {@code null} for the first of all
 * @param to only orders placed before this instant, {@code null} for the last of all
 * @param by what it is added up by
 */
public record FindSales(@Nullable Instant from, @Nullable Instant to, Grouping by) implements ReadModelQuery {

    @Override
    public ReadModel readModel() {
        return ReadModel.ORDERS;
    }

    /** What sales are added up by. */
    public enum Grouping {
        /** The day, in UTC, on which the orders were placed. */
        DAY,
        /** The product that was ordered. */
        SKU,
        /** The state of the orders: the only report that also tells of orders that are no sales. */
        STATUS
    }
}
