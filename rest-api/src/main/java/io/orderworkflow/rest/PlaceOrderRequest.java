package io.orderworkflow.rest;

import io.orderworkflow.api.CustomerId;
import io.orderworkflow.api.OrderId;
import io.orderworkflow.api.Sku;
import io.orderworkflow.api.order.OrderLine;
import io.orderworkflow.api.order.PaymentInstruction;
import io.orderworkflow.api.order.PlaceOrder;
import io.orderworkflow.api.order.ShippingAddress;
import io.swagger.v3.oas.annotations.media.Schema;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What a customer orders. Prices are the catalogue's: none are taken from here. */
record PlaceOrderRequest(
        @NotNull(message = Rules.REQUIRED)
        @Pattern(regexp = CustomerId.FORMAT, message = Rules.IDENTIFIER)
        @Schema(example = "customer-1")
        String customerId,

        @NotNull(message = Rules.REQUIRED) @Size(min = 1, max = PlaceOrder.MAX_LINES, message = Rules.ORDER_LINES)
        List<@NotNull(message = Rules.REQUIRED) @Valid Line> lines,

        @NotNull(message = Rules.REQUIRED) @Valid Payment payment,
        @NotNull(message = Rules.REQUIRED) @Valid Address shippingAddress) {

    /** One product. */
    @Schema(name = "PlaceOrderLine")
    record Line(
            @NotNull(message = Rules.REQUIRED)
            @Pattern(regexp = Sku.FORMAT, message = Rules.IDENTIFIER)
            @Schema(example = "CUP-WHITE")
            String sku,

            @NotNull(message = Rules.REQUIRED)
            @Min(value = 1, message = Rules.ORDER_QUANTITY)
            @Max(value = OrderLine.MAX_QUANTITY, message = Rules.ORDER_QUANTITY)
            @Schema(example = "2")
            Integer quantity) {}

    /** How it is paid. */
    @Schema(name = "PlaceOrderPayment")
    record Payment(
            @NotNull(message = Rules.REQUIRED) @Text(max = 64) @Schema(example = "card", maxLength = 64)
            String method,

            @NotNull(message = Rules.REQUIRED) @Text @Schema(example = "tok_ok", maxLength = 200)
            String token) {

        PaymentInstruction toInstruction() {
            return new PaymentInstruction(method, token);
        }
    }

    /** Where it goes. */
    @Schema(name = "PlaceOrderAddress")
    record Address(
            @Text(blank = true) @Schema(example = "Ada Lovelace", maxLength = 200) @Nullable
            String recipient,

            @Text(blank = true) @Schema(example = "12 St James's Square", maxLength = 200) @Nullable
            String street,

            @Text(blank = true) @Schema(example = "SW1Y 4JH", maxLength = 200) @Nullable
            String postalCode,

            @Text(blank = true) @Schema(example = "London", maxLength = 200) @Nullable
            String city,

            @Text(blank = true) @Schema(example = "GB", maxLength = 200) @Nullable
            String country) {

        ShippingAddress toAddress() {
            return new ShippingAddress(recipient, street, postalCode, city, country);
        }
    }

    Set<Sku> skus() {
        return lines.stream().map(line -> new Sku(line.sku())).collect(Collectors.toUnmodifiableSet());
    }

    PlaceOrder toCommand(OrderId orderId, List<OrderLine> pricedLines, String fingerprint) {
        return new PlaceOrder(
                orderId,
                new CustomerId(customerId),
                pricedLines,
                payment.toInstruction(),
                shippingAddress.toAddress(),
                fingerprint);
    }
}
