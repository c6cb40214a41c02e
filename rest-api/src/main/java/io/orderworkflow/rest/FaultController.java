package io.orderworkflow.rest;

import io.orderworkflow.api.fault.FaultScenarios;
import io.orderworkflow.api.fault.FindFaultScenarios;
import io.orderworkflow.api.fault.SwitchFaultScenarioOff;
import io.orderworkflow.api.fault.SwitchFaultScenarioOn;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.constraints.Pattern;
import java.util.concurrent.CompletableFuture;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Faults of the built-in payment provider, made on purpose. */
@RestController
@RequestMapping(path = "/api/admin/faults", produces = MediaType.APPLICATION_JSON_VALUE)
@Tag(name = "Faults")
final class FaultController {

    private static final String NAME = "[a-z0-9-]{1,64}";
    private static final String NAME_RULE = "must be 1 to 64 characters of a-z 0-9 -";

    private final Gateways gateways;

    FaultController(Gateways gateways) {
        this.gateways = gateways;
    }

    @GetMapping
    @Operation(summary = "Which fault scenarios there are, what each does, and which are switched on")
    CompletableFuture<FaultScenarios> scenarios(Origin origin) {
        return gateways.ask(new FindFaultScenarios(), FaultScenarios.class, origin);
    }

    @PutMapping("/{scenario}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @Operation(summary = "Switches a scenario on; where it is on already, it begins anew")
    @ApiResponse(responseCode = "204", description = "Every node behaves so within half a second")
    CompletableFuture<Void> switchOn(
            @PathVariable @Pattern(regexp = NAME, message = NAME_RULE) String scenario, Origin origin) {
        return gateways.send(new SwitchFaultScenarioOn(scenario), origin);
    }

    @DeleteMapping("/{scenario}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @Operation(summary = "Switches a scenario off")
    @ApiResponse(responseCode = "204", description = "It is over on every node within half a second")
    CompletableFuture<Void> switchOff(
            @PathVariable @Pattern(regexp = NAME, message = NAME_RULE) String scenario, Origin origin) {
        return gateways.send(new SwitchFaultScenarioOff(scenario), origin);
    }
}
