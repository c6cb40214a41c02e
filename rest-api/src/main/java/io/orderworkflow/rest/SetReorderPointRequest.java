package io.orderworkflow.rest;

import io.orderworkflow.api.Sku;
import io.orderworkflow.api.inventory.ReceiveStock;
import io.orderworkflow.api.inventory.SetReorderPoint;
import io.swagger.v3.oas.annotations.media.Schema;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;

/** The number of available pieces at or below which a product counts as low; 0 for never. */
record SetReorderPointRequest(
        @NotNull(message = Rules.REQUIRED)
        @Min(value = 0, message = Rules.REORDER_POINT)
        @Max(value = ReceiveStock.MAX_ON_HAND, message = Rules.REORDER_POINT)
        @Schema(example = "20")
        Long quantity) {

    SetReorderPoint toCommand(Sku sku) {
        return new SetReorderPoint(sku, quantity);
    }
}
