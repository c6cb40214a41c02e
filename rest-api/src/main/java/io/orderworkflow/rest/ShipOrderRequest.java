package io.orderworkflow.rest;

import io.orderworkflow.api.OrderId;
import io.orderworkflow.api.order.ShipOrder;
import io.orderworkflow.api.order.Shipment;
import io.swagger.v3.oas.annotations.media.Schema;
import jakarta.validation.constraints.NotNull;

/** How an order travels. */
record ShipOrderRequest(
        @NotNull(message = Rules.REQUIRED) @Text @Schema(example = "Post", maxLength = 200)
        String carrier,

        @NotNull(message = Rules.REQUIRED) @Text @Schema(example = "RR 123 456 789 GB", maxLength = 200)
        String trackingNumber) {

    ShipOrder toCommand(OrderId orderId) {
        return new ShipOrder(orderId, new Shipment(carrier, trackingNumber));
    }
}
