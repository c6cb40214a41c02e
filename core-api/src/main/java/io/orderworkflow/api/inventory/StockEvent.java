package io.orderworkflow.api.inventory;

import io.orderworkflow.api.Sku;

/** What can happen to the stock of a product. */
public sealed interface StockEvent
        permits LowStockDetected,
                ReorderPointSet,
                StockAdjusted,
                StockDebited,
                StockItemOpened,
                StockReceived,
                StockReleased,
                StockReservationRejected,
                StockReserved,
                StockRestocked {

    /** The product concerned. */
    Sku sku();
}
