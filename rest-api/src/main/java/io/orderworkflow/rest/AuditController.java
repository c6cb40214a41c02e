package io.orderworkflow.rest;

import io.orderworkflow.api.audit.AuditReport;
import io.orderworkflow.api.audit.FindAuditReport;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.concurrent.CompletableFuture;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping(path = "/api/admin/audit", produces = MediaType.APPLICATION_JSON_VALUE)
@Tag(name = "Operations")
final class AuditController {

    private final Gateways gateways;

    AuditController(Gateways gateways) {
        this.gateways = gateways;
    }

    @GetMapping
    @Operation(summary = "Checks the promises now, and tells which are broken and what the last runs found")
    CompletableFuture<AuditReport> audit(Origin origin) {
        return gateways.ask(new FindAuditReport(true), AuditReport.class, origin);
    }
}
