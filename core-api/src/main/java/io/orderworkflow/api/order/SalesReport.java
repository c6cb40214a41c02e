package io.orderworkflow.api.order;

import io.orderworkflow.api.Money;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What was sold. An order is a sale once it is confirmed, and as long as it is not cancelled; what of its money is given
 * back for returned pieces is not taken off.
 *
 * @param from as it was asked for
 * @param to as it was asked for
 * @param by what it is added up by
 * @param items one for each day, SKU or status and each currency, in their order; the first {@link #MAX_ITEMS} of them
 * @param complete whether these are all
 */
public record SalesReport(
        @Nullable Instant from, @Nullable Instant to, FindSales.Grouping by, List<Item> items, boolean complete) {

    /** The most items that a report has room for. */
    public static final int MAX_ITEMS = 10_000;

    /** Creates the report. */
    public SalesReport {
        items = List.copyOf(items);
    }

    /**
     * What was sold of one kind.
     *
     * @param key the day as {@code 2026-11-21}, the SKU, or the {@link OrderStatus}
     * @param orders how many orders
     * @param pieces how many pieces; {@code null} unless the report is by SKU
     * @param total what they came to, exactly
     */
    public record Item(String key, long orders, @Nullable Long pieces, Money total) {}
}
