package io.orderworkflow.rest;

import io.orderworkflow.api.OrderId;
import io.orderworkflow.api.RefundId;
import io.orderworkflow.api.Sku;
import io.orderworkflow.api.order.OrderLine;
import io.orderworkflow.api.order.Pieces;
import io.orderworkflow.api.order.PlaceOrder;
import io.orderworkflow.api.order.RequestRefund;
import io.swagger.v3.oas.annotations.media.Schema;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a customer gets the money back for. */
record RefundRequest(
        @Size(min = 1, max = PlaceOrder.MAX_LINES, message = Rules.ORDER_LINES)
        @Schema(description = "Absent for everything that is left of the order")
        @Nullable
        List<@NotNull(message = Rules.REQUIRED) @Valid Line> lines,

        @NotNull(message = Rules.REQUIRED) @Text @Schema(example = "arrived broken", maxLength = 200)
        String reason,

        @NotNull(message = Rules.REQUIRED) @Schema(description = "Whether the pieces go back on the shelves")
        Boolean restock) {

    /** Pieces of one product. */
    @Schema(name = "RefundLine")
    record Line(
            @NotNull(message = Rules.REQUIRED)
            @Pattern(regexp = Sku.FORMAT, message = Rules.IDENTIFIER)
            @Schema(example = "CUP-WHITE")
            String sku,

            @NotNull(message = Rules.REQUIRED)
            @Min(value = 1, message = Rules.ORDER_QUANTITY)
            @Max(value = OrderLine.MAX_QUANTITY, message = Rules.ORDER_QUANTITY)
            @Schema(example = "1")
            Integer quantity) {}

    RequestRefund toCommand(OrderId orderId, RefundId refundId) {
        return new RequestRefund(orderId, refundId, pieces(), reason, restock);
    }

    private List<Pieces> pieces() {
        return lines == null
                ? List.of()
                : lines.stream()
                        .map(line -> new Pieces(new Sku(line.sku()), line.quantity()))
                        .toList();
    }
}
