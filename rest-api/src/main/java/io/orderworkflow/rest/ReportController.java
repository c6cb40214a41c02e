package io.orderworkflow.rest;

import io.orderworkflow.api.order.FindOrderFlow;
import io.orderworkflow.api.order.FindSales;
import io.orderworkflow.api.order.OrderFlow;
import io.orderworkflow.api.order.SalesReport;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.Instant;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping(path = "/api/reports", produces = MediaType.APPLICATION_JSON_VALUE)
@Tag(name = "Reports")
final class ReportController {

    private final Gateways gateways;

    ReportController(Gateways gateways) {
        this.gateways = gateways;
    }

    @GetMapping("/sales")
    @Operation(summary = "What was sold: confirmed orders by day of placing (UTC) or by SKU, or all orders by status")
    CompletableFuture<SalesReport> sales(
            @RequestParam(required = false) @Nullable Instant from,
            @RequestParam(required = false) @Nullable Instant to,
            @RequestParam(defaultValue = "day")
                    @Parameter(
                            schema =
                                    @Schema(
                                            type = "string",
                                            allowableValues = {"day", "sku", "status"}))
                    String by,
            Origin origin) {
        TimeRange.check(from, to);
        return gateways.ask(new FindSales(from, to, grouping(by)), SalesReport.class, origin);
    }

    @GetMapping("/flow")
    @Operation(
            summary =
                    "How orders flow: how many are placed a second, what becomes of them, and how long each step takes",
            description = "All of it is told of the orders that were placed in the window. Durations are milliseconds.")
    CompletableFuture<OrderFlow> flow(
            @RequestParam(defaultValue = "1h")
                    @Parameter(
                            description = "How far to look back from now",
                            schema =
                                    @Schema(
                                            type = "string",
                                            allowableValues = {"5m", "1h", "24h", "7d"}))
                    String window,
            Origin origin) {
        return gateways.ask(new FindOrderFlow(window(window)), OrderFlow.class, origin);
    }

    private static FindOrderFlow.Window window(String label) {
        return Arrays.stream(FindOrderFlow.Window.values())
                .filter(window -> window.label().equals(label))
                .findFirst()
                .orElseThrow(() -> ProblemException.invalid("window", "must be 5m, 1h, 24h or 7d"));
    }

    private static FindSales.Grouping grouping(String by) {
        return switch (by) {
            case "day" -> FindSales.Grouping.DAY;
            case "sku" -> FindSales.Grouping.SKU;
            case "status" -> FindSales.Grouping.STATUS;
            default -> throw ProblemException.invalid("by", "must be day, sku or status");
        };
    }
}
