package io.orderworkflow.rest;

import io.orderworkflow.api.fault.StartDemoOrders;
import io.swagger.v3.oas.annotations.media.Schema;
import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.DecimalMin;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/** At which rate, and for how long, demo orders are to be placed. */
record StartDemoOrdersRequest(
        @NotNull(message = Rules.REQUIRED)
        @DecimalMin(value = "0.1", message = Rules.DEMO_RATE)
        @DecimalMax(value = "50", message = Rules.DEMO_RATE)
        @Schema(description = "Orders a second", example = "5")
        BigDecimal perSecond,

        @Min(value = 1, message = Rules.DEMO_SECONDS)
        @Max(value = StartDemoOrders.LONGEST_SECONDS, message = Rules.DEMO_SECONDS)
        @Schema(description = "For how long; until they are stopped, if it is left out", example = "60")
        @Nullable
        Integer seconds) {

    StartDemoOrders toCommand() {
        return new StartDemoOrders(perSecond.doubleValue(), seconds);
    }
}
