package io.orderworkflow.rest;

import io.orderworkflow.api.fault.DemoOrders;
import io.orderworkflow.api.fault.FindDemoOrders;
import io.orderworkflow.api.fault.StopDemoOrders;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.Valid;
import java.util.concurrent.CompletableFuture;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Orders that place themselves. */
@RestController
@RequestMapping(path = "/api/admin/demo-orders", produces = MediaType.APPLICATION_JSON_VALUE)
@Tag(name = "Faults")
final class DemoOrderController {

    private final Gateways gateways;

    DemoOrderController(Gateways gateways) {
        this.gateways = gateways;
    }

    @GetMapping
    @Operation(summary = "How the demo driver stands: what it does now, or did last")
    CompletableFuture<DemoOrders> state(Origin origin) {
        return gateways.ask(new FindDemoOrders(), DemoOrders.class, origin);
    }

    @PostMapping
    @NotRepeatable
    @ResponseStatus(HttpStatus.ACCEPTED)
    @Operation(summary = "Has orders placed at a rate, for a time or until they are stopped")
    @ApiResponse(responseCode = "202", description = "Orders are being placed")
    CompletableFuture<Void> start(@Valid @RequestBody StartDemoOrdersRequest request, Origin origin) {
        return gateways.send(request.toCommand(), origin);
    }

    @DeleteMapping
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @Operation(summary = "Has no more orders placed")
    @ApiResponse(responseCode = "204", description = "The last one is placed within a second")
    CompletableFuture<Void> stop(Origin origin) {
        return gateways.send(new StopDemoOrders(), origin);
    }
}
