package io.orderworkflow.rest;

import io.orderworkflow.api.Sku;
import io.orderworkflow.api.inventory.AdjustStock;
import io.orderworkflow.api.inventory.ReceiveStock;
import io.swagger.v3.oas.annotations.media.Schema;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;

/** A correction of the stock. */
record AdjustStockRequest(
        @NotNull(message = Rules.REQUIRED)
        @Min(value = -ReceiveStock.MAX_ON_HAND, message = Rules.STOCK_DELTA)
        @Max(value = ReceiveStock.MAX_ON_HAND, message = Rules.STOCK_DELTA)
        @NotZero(message = Rules.STOCK_DELTA)
        @Schema(example = "-3")
        Long delta,

        @NotNull(message = Rules.REQUIRED) @Text @Schema(example = "broken", maxLength = 200)
        String reason) {

    AdjustStock toCommand(Sku sku) {
        return new AdjustStock(sku, delta, reason);
    }
}
