package io.orderworkflow.rest;

import io.orderworkflow.api.admin.DeadLetterActions;
import io.orderworkflow.api.admin.DeadLetterPage;
import io.orderworkflow.api.admin.DiscardDeadLetters;
import io.orderworkflow.api.admin.FindDeadLetterActions;
import io.orderworkflow.api.admin.FindDeadLetters;
import io.orderworkflow.api.admin.ParkedStepState;
import io.orderworkflow.api.admin.RetryDeadLetters;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.Optional;
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
 * Events that a read model's processor could not handle, with the later ones of their sequences: those of an order, or of
 * a SKU.
 */
@RestController
@RequestMapping(path = "/api/admin/dead-letters", produces = MediaType.APPLICATION_JSON_VALUE)
@Tag(name = "Operations")
final class DeadLetterController {

    private final Gateways gateways;

    DeadLetterController(Gateways gateways) {
        this.gateways = gateways;
    }

    @GetMapping
    @Operation(summary = "Sequences of events that are parked, the oldest first, each with what was done about it")
    CompletableFuture<DeadLetterPage> find(
            @RequestParam(required = false) @Text @Nullable String sequence,
            @RequestParam(required = false) @Text @Nullable String cause,
            @RequestParam(required = false) @Nullable ParkedStepState state,
            @RequestParam(defaultValue = "0") @PageNumber int page,
            @RequestParam(defaultValue = "20") @PageSize int size,
            Origin origin) {
        return gateways.find(
                        new FindDeadLetters(null, sequence, cause, state, page, size), DeadLetterPage.class, origin)
                .thenApply(Optional::orElseThrow);
    }

    @GetMapping("/{processor}")
    @Operation(summary = "Those of one processor")
    CompletableFuture<DeadLetterPage> findOf(
            @PathVariable @Text String processor,
            @RequestParam(required = false) @Text @Nullable String sequence,
            @RequestParam(required = false) @Text @Nullable String cause,
            @RequestParam(required = false) @Nullable ParkedStepState state,
            @RequestParam(defaultValue = "0") @PageNumber int page,
            @RequestParam(defaultValue = "20") @PageSize int size,
            Origin origin) {
        return gateways.find(
                        new FindDeadLetters(processor, sequence, cause, state, page, size),
                        DeadLetterPage.class,
                        origin)
                .thenApply(found -> found.orElseThrow(() -> ProblemException.unknown("processor", processor)));
    }

    @GetMapping("/{processor}/{sequence}/actions")
    @Operation(summary = "What operators did about a parked sequence, also when it is gone")
    CompletableFuture<DeadLetterActions> actions(
            @PathVariable @Text String processor, @PathVariable @Text String sequence, Origin origin) {
        return gateways.ask(new FindDeadLetterActions(processor, sequence), DeadLetterActions.class, origin);
    }

    @PostMapping("/{processor}/{sequence}/retry")
    @ResponseStatus(HttpStatus.ACCEPTED)
    @Operation(summary = "Has a parked sequence tried again at once")
    @ApiResponse(responseCode = "202", description = "Its first event is tried again, and then those behind it")
    CompletableFuture<DeadLettersAccepted> retry(
            @PathVariable @Text String processor, @PathVariable @Text String sequence, Origin origin) {
        return send(new RetryDeadLetters(processor, sequence, null), origin);
    }

    @PostMapping("/{processor}/retry")
    @ResponseStatus(HttpStatus.ACCEPTED)
    @Operation(summary = "Has all sequences tried again at once that a processor parked for one cause")
    @ApiResponse(responseCode = "202", description = "They are tried again")
    CompletableFuture<DeadLettersAccepted> retryAll(
            @PathVariable @Text String processor, @RequestParam @Text String cause, Origin origin) {
        return send(new RetryDeadLetters(processor, null, cause), origin);
    }

    @DeleteMapping("/{processor}/{sequence}")
    @NotRepeatable
    @ResponseStatus(HttpStatus.ACCEPTED)
    @Operation(summary = "Leaves out the event that could not be handled; those behind it are handled")
    @ApiResponse(responseCode = "202", description = "Left out: the read model lacks it until it is rebuilt")
    CompletableFuture<DeadLettersAccepted> discard(
            @PathVariable @Text String processor,
            @PathVariable @Text String sequence,
            @RequestParam @Text String reason,
            @RequestParam(defaultValue = "false") @Parameter(description = "Leave out those behind it as well")
                    boolean all,
            Origin origin) {
        return send(new DiscardDeadLetters(processor, sequence, all, reason), origin);
    }

    private CompletableFuture<DeadLettersAccepted> send(Object command, Origin origin) {
        return gateways.<Integer>send(command, origin).thenApply(DeadLettersAccepted::new);
    }
}
