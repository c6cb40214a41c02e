package io.orderworkflow.rest;

import io.orderworkflow.api.OrderId;
import io.orderworkflow.api.PaymentId;
import io.orderworkflow.api.RefundId;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.Valid;
import java.net.URI;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping(path = "/api/orders/{orderId}/refunds", produces = MediaType.APPLICATION_JSON_VALUE)
@Tag(name = "Orders")
final class RefundController {

    private final Gateways gateways;

    RefundController(Gateways gateways) {
        this.gateways = gateways;
    }

    @PostMapping
    @NotRepeatable(unlessKeyed = true)
    @Operation(
            summary = "Gives money back for pieces of a paid order, or for all that is left of it",
            description = "The same key again changes nothing. Without one, the same request with the same"
                    + " `X-Correlation-ID` counts as a repeat.")
    @ApiResponse(responseCode = "202", description = "Accepted; what becomes of it is to be seen at `Location`")
    CompletableFuture<ResponseEntity<RefundAccepted>> refund(
            @PathVariable OrderId orderId,
            @RequestHeader(name = IdempotencyKey.HEADER, required = false)
                    @Parameter(schema = @Schema(type = "string", minLength = 1, maxLength = 128))
                    @Nullable
                    IdempotencyKey key,
            @Valid @RequestBody RefundRequest request,
            Origin origin) {
        RefundId refundId = refundId(orderId, key, request, origin);
        return gateways.send(request.toCommand(orderId, refundId), origin)
                .thenApply(accepted -> ResponseEntity.accepted()
                        .location(URI.create("/api/payments/" + PaymentId.forOrder(orderId)))
                        .body(new RefundAccepted(orderId, refundId)));
    }

    /**
     * Without a key, two equal requests may be two refunds, of a piece each. A client that repeats one repeats its
     * correlation identifier as well; what it asks for is part of the key, lest two refunds of one errand become one.
     */
    private static RefundId refundId(
            OrderId orderId, @Nullable IdempotencyKey key, RefundRequest request, Origin origin) {
        return RefundId.forIdempotencyKey(
                orderId,
                key == null
                        ? "correlation/%s/%s".formatted(origin.correlationId(), Fingerprint.of(request))
                        : "key/" + key.value());
    }
}
