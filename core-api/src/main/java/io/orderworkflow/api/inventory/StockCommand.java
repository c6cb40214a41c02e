package io.orderworkflow.api.inventory;

import io.orderworkflow.api.Sku;
import org.axonframework.modelling.command.TargetAggregateIdentifier;

/** What can be asked of the stock of a product. */
public sealed interface StockCommand
        permits AdjustStock, DebitStock, ReceiveStock, ReleaseStock, ReserveStock, RestockReturned, SetReorderPoint {

    /** The product whose stock is asked. */
    Sku sku();

    /** The aggregate that decides: a product and its stock share the SKU, so each prefixes it. */
    @TargetAggregateIdentifier
    default String stockItemId() {
        return stockItemId(sku());
    }

    /** The identifier of the stock item aggregate of a SKU. */
    static String stockItemId(Sku sku) {
        return "stock:" + sku;
    }
}
