package io.orderworkflow.api.inventory;

import io.orderworkflow.api.ReadModel;
import io.orderworkflow.api.ReadModelQuery;
import io.orderworkflow.api.Sku;

/**
 * Asks for a page of the changes of one product's stock, newest first; answered by a {@link StockMovementPage}.
 *
 * @param sku the product
 * @param page the page, from 0
 * @param size items a page, 1 to 200
 */
public record FindStockMovements(Sku sku, int page, int size) implements ReadModelQuery {

    @Override
    public ReadModel readModel() {
        return ReadModel.INVENTORY;
    }
}
