package io.orderworkflow.rest;

import io.orderworkflow.api.OrderId;
import io.orderworkflow.api.order.RequestOrderCancellation;
import io.swagger.v3.oas.annotations.media.Schema;
import jakarta.validation.constraints.NotNull;

/** That an order is not wanted any more. */
record CancelOrderRequest(
        @NotNull(message = Rules.REQUIRED) @Text @Schema(example = "ordered twice", maxLength = 200)
        String reason) {

    RequestOrderCancellation toCommand(OrderId orderId) {
        return new RequestOrderCancellation(orderId, reason);
    }
}
