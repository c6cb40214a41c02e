package io.orderworkflow.api.inventory;

import io.orderworkflow.api.ReadModel;
import io.orderworkflow.api.ReadModelQuery;
import io.orderworkflow.api.Sort;
import java.util.Set;

/**
 * Asks for a page of the stock of all products; answered by a {@link StockPage}. The natural order is by SKU.
 *
 * @param lowOnly only products that are low: available pieces at or below a reorder point that is not 0
 * @param page the page, from 0
 * @param size items a page, 1 to 200
 * @param sort one of {@link #SORTABLE}
 */
public record FindStock(boolean lowOnly, int page, int size, Sort sort) implements ReadModelQuery {

    /** The properties that stock can be sorted by. */
    public static final Set<String> SORTABLE = Set.of("sku", "onHand", "reserved", "available");

    @Override
    public ReadModel readModel() {
        return ReadModel.INVENTORY;
    }
}
