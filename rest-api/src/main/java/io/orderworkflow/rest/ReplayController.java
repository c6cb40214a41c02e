package io.orderworkflow.rest;

import io.orderworkflow.api.admin.EndRebuild;
import io.orderworkflow.api.admin.FindRebuild;
import io.orderworkflow.api.admin.RebuildView;
import io.orderworkflow.api.admin.StartRebuild;
import io.orderworkflow.api.admin.SwitchRebuild;
import io.orderworkflow.api.admin.SwitchRebuildBack;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.concurrent.CompletableFuture;
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

/** Replays all events to the read models of a processor, beside those that are read meanwhile. */
@RestController
@RequestMapping(path = "/api/admin/processors/{name}/replay", produces = MediaType.APPLICATION_JSON_VALUE)
@Tag(name = "Operations")
final class ReplayController {

    private final Gateways gateways;

    ReplayController(Gateways gateways) {
        this.gateways = gateways;
    }

    @GetMapping
    @Operation(summary = "How far a replay is, and what it found to be different")
    CompletableFuture<RebuildView> find(@PathVariable @Text String name, Origin origin) {
        return gateways.find(new FindRebuild(name), RebuildView.class, origin)
                .thenApply(found -> found.orElseThrow(() -> ProblemException.unknown("replay of the processor", name)));
    }

    @PostMapping
    @ResponseStatus(HttpStatus.ACCEPTED)
    @Operation(summary = "Begins to fill new read models from all events")
    @ApiResponse(responseCode = "202", description = "They are being filled; the old ones are read meanwhile")
    CompletableFuture<Void> start(
            @PathVariable @Text String name,
            @RequestParam(name = "switch", defaultValue = "auto")
                    @Parameter(
                            description = "Whether they take the place of the old ones as soon as they can",
                            schema =
                                    @Schema(
                                            allowableValues = {"auto", "manual"},
                                            defaultValue = "auto"))
                    SwitchMode mode,
            Origin origin) {
        return gateways.send(new StartRebuild(name, mode == SwitchMode.AUTO), origin);
    }

    @PostMapping("/switch")
    @ResponseStatus(HttpStatus.ACCEPTED)
    @Operation(summary = "Lets new read models that are ready take the place of the old ones")
    @ApiResponse(responseCode = "202", description = "They do within moments")
    CompletableFuture<Void> switchOver(@PathVariable @Text String name, Origin origin) {
        return gateways.send(new SwitchRebuild(name), origin);
    }

    @PostMapping("/back")
    @ResponseStatus(HttpStatus.ACCEPTED)
    @Operation(summary = "Lets the old read models take their place again")
    @ApiResponse(responseCode = "202", description = "They do within moments")
    CompletableFuture<Void> switchBack(@PathVariable @Text String name, Origin origin) {
        return gateways.send(new SwitchRebuildBack(name), origin);
    }

    @DeleteMapping
    @ResponseStatus(HttpStatus.ACCEPTED)
    @Operation(summary = "Drops the read models that are not read: the new ones, or after a switch the old ones")
    @ApiResponse(responseCode = "202", description = "They are dropped")
    CompletableFuture<Void> end(@PathVariable @Text String name, Origin origin) {
        return gateways.send(new EndRebuild(name), origin);
    }
}
