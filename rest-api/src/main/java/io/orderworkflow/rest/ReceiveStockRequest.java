package io.orderworkflow.rest;

import io.orderworkflow.api.Sku;
import io.orderworkflow.api.inventory.ReceiveStock;
import io.swagger.v3.oas.annotations.media.Schema;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import org.jspecify.annotations.Nullable;

/** Goods that arrived. */
record ReceiveStockRequest(
        @NotNull(message = Rules.REQUIRED)
        @Min(value = 1, message = Rules.STOCK_QUANTITY)
        @Max(value = ReceiveStock.MAX_ON_HAND, message = Rules.STOCK_QUANTITY)
        @Schema(example = "100")
        Long quantity,

        @Text(blank = true) @Schema(example = "delivery note 4711", maxLength = 200) @Nullable
        String reference) {

    ReceiveStock toCommand(Sku sku) {
        return new ReceiveStock(sku, quantity, reference);
    }
}
