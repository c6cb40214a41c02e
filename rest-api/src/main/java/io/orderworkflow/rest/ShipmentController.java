package io.orderworkflow.rest;

import io.orderworkflow.api.OrderId;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.Valid;
import java.util.concurrent.CompletableFuture;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping(path = "/api/orders/{orderId}", produces = MediaType.APPLICATION_JSON_VALUE)
@Tag(name = "Orders")
final class ShipmentController {

    private final Gateways gateways;

    ShipmentController(Gateways gateways) {
        this.gateways = gateways;
    }

    @PostMapping("/shipment")
    @Operation(summary = "Says that a confirmed order was handed to the carrier; the same again changes nothing")
    @ApiResponse(responseCode = "202", description = "Shipped")
    CompletableFuture<ResponseEntity<Void>> ship(
            @PathVariable OrderId orderId, @Valid @RequestBody ShipOrderRequest request, Origin origin) {
        return gateways.send(request.toCommand(orderId), origin)
                .thenApply(shipped -> Orders.accepted(orderId).build());
    }

    @PostMapping("/delivery")
    @Operation(summary = "Says that the customer received a shipped order; asking again changes nothing")
    @ApiResponse(responseCode = "202", description = "Delivered")
    CompletableFuture<ResponseEntity<Void>> deliver(
            @PathVariable OrderId orderId, @Valid @RequestBody DeliverOrderRequest request, Origin origin) {
        return gateways.send(request.toCommand(orderId), origin)
                .thenApply(delivered -> Orders.accepted(orderId).build());
    }
}
