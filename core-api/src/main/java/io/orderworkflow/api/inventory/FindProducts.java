package io.orderworkflow.api.inventory;

import io.orderworkflow.api.ReadModel;
import io.orderworkflow.api.ReadModelQuery;
import io.orderworkflow.api.Sort;
import java.util.Set;

/**
 * Asks for a page of the catalogue; answered by a {@link ProductPage}. The natural order is by SKU.
 *
 * @param page the page, from 0
 * @param size items a page, 1 to 200
 * @param sort one of {@link #SORTABLE}
 */
public record FindProducts(int page, int size, Sort sort) implements ReadModelQuery {

    /** The properties that products can be sorted by. */
    public static final Set<String> SORTABLE = Set.of("sku", "name", "category");

    @Override
    public ReadModel readModel() {
        return ReadModel.INVENTORY;
    }
}
