package io.orderworkflow.rest;

import io.orderworkflow.api.OrderId;
import io.orderworkflow.api.order.CancellationPlan;
import io.orderworkflow.api.order.FindCancellationPlan;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
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
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping(path = "/api/orders/{orderId}/cancellation", produces = MediaType.APPLICATION_JSON_VALUE)
@Tag(name = "Orders")
final class CancellationController {

    private final Gateways gateways;
    private final Orders orders;

    CancellationController(Gateways gateways, Orders orders) {
        this.gateways = gateways;
        this.orders = orders;
    }

    @PostMapping
    @Operation(summary = "Cancels an order that is not shipped; asking again changes nothing")
    @ApiResponse(
            responseCode = "202",
            description = "Accepted; the order is `CANCELLED` once everything is undone",
            content = @Content)
    @ApiResponse(
            responseCode = "200",
            description = "What it would do; nothing is done",
            content = @Content(schema = @Schema(implementation = CancellationPlan.class)))
    CompletableFuture<ResponseEntity<?>> cancel(
            @PathVariable OrderId orderId,
            @RequestParam(defaultValue = "false") @Parameter(description = "Only tell what it would do") boolean dryRun,
            @Valid @RequestBody CancelOrderRequest request,
            Origin origin) {
        return dryRun
                ? plan(orderId, origin).thenApply(ResponseEntity::ok)
                : gateways.send(request.toCommand(orderId), origin)
                        .thenApply(requested -> Orders.accepted(orderId).build());
    }

    private CompletableFuture<CancellationPlan> plan(OrderId orderId, Origin origin) {
        return orders.ask(
                        orderId,
                        () -> gateways.find(new FindCancellationPlan(orderId), CancellationPlan.class, origin),
                        origin)
                .thenApply(plan -> plan.orElseThrow(() -> ProblemException.unknown("order", orderId)))
                .thenApply(CancellationController::unlessRefused);
    }

    private static CancellationPlan unlessRefused(CancellationPlan plan) {
        if (plan.refusal() != null) {
            throw ProblemException.of(ProblemType.ORDER_NOT_CANCELLABLE, plan.refusal());
        }
        return plan;
    }
}
