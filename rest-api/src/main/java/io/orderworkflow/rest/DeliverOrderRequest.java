package io.orderworkflow.rest;

import io.orderworkflow.api.OrderId;
import io.orderworkflow.api.order.DeliverOrder;
import io.swagger.v3.oas.annotations.media.Schema;
import jakarta.validation.constraints.PastOrPresent;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** That an order arrived. */
record DeliverOrderRequest(
        @PastOrPresent(message = Rules.NOT_IN_THE_FUTURE)
        @Schema(description = "When, if not now; not before it was shipped")
        @Nullable
        Instant deliveredAt) {

    DeliverOrder toCommand(OrderId orderId) {
        return new DeliverOrder(orderId, deliveredAt);
    }
}
