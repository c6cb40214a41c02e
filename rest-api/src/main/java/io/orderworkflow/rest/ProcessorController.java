package io.orderworkflow.rest;

import io.orderworkflow.api.admin.FindProcessors;
import io.orderworkflow.api.admin.FindRebuild;
import io.orderworkflow.api.admin.MergeSegment;
import io.orderworkflow.api.admin.PauseProcessor;
import io.orderworkflow.api.admin.Processors;
import io.orderworkflow.api.admin.RebuildView;
import io.orderworkflow.api.admin.ResumeProcessor;
import io.orderworkflow.api.admin.SplitSegment;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Event processors, on whichever node they run. */
@RestController
@RequestMapping(path = "/api/admin/processors", produces = MediaType.APPLICATION_JSON_VALUE)
@Tag(name = "Operations")
final class ProcessorController {

    private final Gateways gateways;

    ProcessorController(Gateways gateways) {
        this.gateways = gateways;
    }

    @GetMapping
    @Operation(summary = "How all event processors stand: what they are behind by, and on which node")
    CompletableFuture<Processors> processors(Origin origin) {
        return gateways.ask(new FindProcessors(null), Processors.class, origin);
    }

    @GetMapping("/{name}")
    @Operation(summary = "How one event processor stands, and its replay if there is one")
    CompletableFuture<ProcessorAnswer> processor(@PathVariable @Text String name, Origin origin) {
        return gateways.ask(new FindProcessors(name), Processors.class, origin)
                .thenApply(found -> found.items().stream()
                        .findFirst()
                        .orElseThrow(() -> ProblemException.unknown("processor", name)))
                .thenCombine(
                        gateways.find(new FindRebuild(name), RebuildView.class, origin),
                        (processor, replay) -> ProcessorAnswer.of(processor, replay.orElse(null)));
    }

    @PostMapping("/{name}/pause")
    @ResponseStatus(HttpStatus.ACCEPTED)
    @Operation(summary = "Has a processor finish what it has begun, and do no more until it is resumed")
    @ApiResponse(
            responseCode = "202",
            description = "It is paused on every node within seconds, and stays so over restarts")
    CompletableFuture<Void> pause(@PathVariable @Text String name, Origin origin) {
        return gateways.send(new PauseProcessor(name), origin);
    }

    @PostMapping("/{name}/resume")
    @ResponseStatus(HttpStatus.ACCEPTED)
    @Operation(summary = "Has a paused processor go on from where it was")
    @ApiResponse(responseCode = "202", description = "It goes on within seconds")
    CompletableFuture<Void> resume(@PathVariable @Text String name, Origin origin) {
        return gateways.send(new ResumeProcessor(name), origin);
    }

    @PostMapping("/{name}/split")
    @NotRepeatable
    @ResponseStatus(HttpStatus.ACCEPTED)
    @Operation(summary = "Splits a segment of a processor in two, the largest if none is named")
    @ApiResponse(responseCode = "202", description = "It is split, and both are claimed by some node within seconds")
    CompletableFuture<Void> split(
            @PathVariable @Text String name,
            @RequestParam(required = false) @SegmentNumber @Nullable Integer segment,
            Origin origin) {
        return gateways.send(new SplitSegment(name, segment), origin);
    }

    @PostMapping("/{name}/merge")
    @NotRepeatable
    @ResponseStatus(HttpStatus.ACCEPTED)
    @Operation(
            summary = "Merges a segment of a processor with the one that it was split from, one of the smallest if"
                    + " none is named")
    @ApiResponse(responseCode = "202", description = "They are merged, and claimed by some node within seconds")
    CompletableFuture<Void> merge(
            @PathVariable @Text String name,
            @RequestParam(required = false) @SegmentNumber @Nullable Integer segment,
            Origin origin) {
        return gateways.send(new MergeSegment(name, segment), origin);
    }
}
