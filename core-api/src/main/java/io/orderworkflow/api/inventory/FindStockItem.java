package io.orderworkflow.api.inventory;

import io.orderworkflow.api.ReadModel;
import io.orderworkflow.api.ReadModelQuery;
import io.orderworkflow.api.Sku;

/**
 * Asks for the stock of one product; answered by an optional {@link StockView}.
 *
 * @param sku the product
 */
public record FindStockItem(Sku sku) implements ReadModelQuery {

    @Override
    public ReadModel readModel() {
        return ReadModel.INVENTORY;
    }
}
