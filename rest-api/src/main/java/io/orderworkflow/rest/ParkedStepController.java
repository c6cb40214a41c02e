package io.orderworkflow.rest;

import io.orderworkflow.api.admin.DiscardParkedSteps;
import io.orderworkflow.api.admin.FindParkedStepActions;
import io.orderworkflow.api.admin.FindParkedSteps;
import io.orderworkflow.api.admin.ParkedStepActions;
import io.orderworkflow.api.admin.ParkedStepPage;
import io.orderworkflow.api.admin.ParkedStepState;
import io.orderworkflow.api.admin.RetryParkedSteps;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/**
 * Steps of orders that failed. They are told by the order as a text: the event of a step that cannot be read tells of
 * no order.
 */
@RestController
@RequestMapping(path = "/api/admin/parked-steps", produces = MediaType.APPLICATION_JSON_VALUE)
@Tag(name = "Operations")
final class ParkedStepController {

    private final Gateways gateways;

    ParkedStepController(Gateways gateways) {
        this.gateways = gateways;
    }

    @GetMapping
    @Operation(summary = "Steps of orders that failed, the oldest first, each with what was done about it")
    CompletableFuture<ParkedStepPage> find(
            @RequestParam(required = false) @Text @Nullable String orderId,
            @RequestParam(required = false) @Text @Nullable String cause,
            @RequestParam(required = false) @Nullable ParkedStepState state,
            @RequestParam(defaultValue = "0") @PageNumber int page,
            @RequestParam(defaultValue = "20") @PageSize int size,
            Origin origin) {
        return gateways.ask(new FindParkedSteps(orderId, cause, state, page, size), ParkedStepPage.class, origin);
    }

    @GetMapping("/{orderId}/actions")
    @Operation(summary = "What operators did about the parked steps of an order, also those that are gone")
    CompletableFuture<ParkedStepActions> actions(@PathVariable @Text String orderId, Origin origin) {
        return gateways.ask(new FindParkedStepActions(orderId), ParkedStepActions.class, origin);
    }

    @PostMapping("/{orderId}/retry")
    @ResponseStatus(HttpStatus.ACCEPTED)
    @Operation(summary = "Has an order's failed step tried again at once")
    @ApiResponse(responseCode = "202", description = "It is tried again, and then what waits behind it")
    CompletableFuture<ParkedStepsAccepted> retry(@PathVariable @Text String orderId, Origin origin) {
        return send(new RetryParkedSteps(orderId, null), origin);
    }

    @PostMapping("/retry")
    @ResponseStatus(HttpStatus.ACCEPTED)
    @Operation(summary = "Has all steps that failed for one cause tried again at once")
    @ApiResponse(responseCode = "202", description = "They are tried again, and then what waits behind them")
    CompletableFuture<ParkedStepsAccepted> retryAll(@RequestParam @Text String cause, Origin origin) {
        return send(new RetryParkedSteps(null, cause), origin);
    }

    @DeleteMapping("/{orderId}")
    @NotRepeatable
    @ResponseStatus(HttpStatus.ACCEPTED)
    @Operation(summary = "Leaves out the event of an order's failed step; those behind it are handled")
    @ApiResponse(responseCode = "202", description = "Left out")
    CompletableFuture<ParkedStepsAccepted> discard(
            @PathVariable @Text String orderId,
            @RequestParam @Text String reason,
            @RequestParam(defaultValue = "false") @Parameter(description = "Leave out those behind it as well")
                    boolean all,
            Origin origin) {
        return send(new DiscardParkedSteps(orderId, null, all, reason), origin);
    }

    @DeleteMapping
    @NotRepeatable
    @ResponseStatus(HttpStatus.ACCEPTED)
    @Operation(summary = "Leaves out the events of all steps that failed for one cause; those behind are handled")
    @ApiResponse(responseCode = "202", description = "Left out")
    CompletableFuture<ParkedStepsAccepted> discardAll(
            @RequestParam @Text String cause,
            @RequestParam @Text String reason,
            @RequestParam(defaultValue = "false") @Parameter(description = "Leave out those behind them as well")
                    boolean all,
            Origin origin) {
        return send(new DiscardParkedSteps(null, cause, all, reason), origin);
    }

    private CompletableFuture<ParkedStepsAccepted> send(Object command, Origin origin) {
        return gateways.<Integer>send(command, origin).thenApply(ParkedStepsAccepted::new);
    }
}
