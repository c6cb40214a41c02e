package io.orderworkflow.rest;

import io.orderworkflow.api.order.OrderLine;
import io.swagger.v3.oas.annotations.media.Schema;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;

/** How many pieces of an item are to be in a cart. */
record CartItemRequest(
        @NotNull(message = Rules.REQUIRED)
        @Min(value = 1, message = Rules.ORDER_QUANTITY)
        @Max(value = OrderLine.MAX_QUANTITY, message = Rules.ORDER_QUANTITY)
        @Schema(example = "2")
        Integer quantity) {}
