package io.orderworkflow.rest;

import io.orderworkflow.api.Sku;
import io.orderworkflow.api.inventory.FindStock;
import io.orderworkflow.api.inventory.FindStockItem;
import io.orderworkflow.api.inventory.FindStockMovements;
import io.orderworkflow.api.inventory.StockMovementPage;
import io.orderworkflow.api.inventory.StockPage;
import io.orderworkflow.api.inventory.StockView;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.Valid;
import java.util.concurrent.CompletableFuture;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping(path = "/api/inventory", produces = MediaType.APPLICATION_JSON_VALUE)
@Tag(name = "Inventory")
final class InventoryController {

    private final Gateways gateways;

    InventoryController(Gateways gateways) {
        this.gateways = gateways;
    }

    @PostMapping("/{sku}/receipts")
    @NotRepeatable
    @Operation(summary = "Goods arrived")
    @ApiResponse(responseCode = "202", description = "Received")
    CompletableFuture<ResponseEntity<Void>> receive(
            @PathVariable Sku sku, @Valid @RequestBody ReceiveStockRequest request, Origin origin) {
        return gateways.send(request.toCommand(sku), origin)
                .thenApply(received -> ResponseEntity.accepted().build());
    }

    @PostMapping("/{sku}/adjustments")
    @NotRepeatable
    @Operation(summary = "Corrects the stock, as after a count")
    @ApiResponse(responseCode = "202", description = "Adjusted")
    CompletableFuture<ResponseEntity<Void>> adjust(
            @PathVariable Sku sku, @Valid @RequestBody AdjustStockRequest request, Origin origin) {
        return gateways.send(request.toCommand(sku), origin)
                .thenApply(adjusted -> ResponseEntity.accepted().build());
    }

    @PutMapping("/{sku}/reorder-point")
    @Operation(summary = "Sets the number of available pieces at or below which the product counts as low")
    @ApiResponse(responseCode = "204", description = "Set")
    CompletableFuture<ResponseEntity<Void>> setReorderPoint(
            @PathVariable Sku sku, @Valid @RequestBody SetReorderPointRequest request, Origin origin) {
        return gateways.send(request.toCommand(sku), origin)
                .thenApply(set -> ResponseEntity.noContent().build());
    }

    @GetMapping
    @Operation(summary = "The stock of all products, by SKU unless sorted otherwise")
    CompletableFuture<StockPage> stock(
            @RequestParam(defaultValue = "false") boolean low,
            @RequestParam(defaultValue = "0") @PageNumber int page,
            @RequestParam(defaultValue = "20") @PageSize int size,
            @RequestParam(defaultValue = "") String sort,
            Origin origin) {
        return gateways.ask(
                new FindStock(low, page, size, Sorting.parse(sort, FindStock.SORTABLE)), StockPage.class, origin);
    }

    @GetMapping("/{sku}")
    @Operation(summary = "The stock of a product")
    CompletableFuture<StockView> stockOf(@PathVariable Sku sku, Origin origin) {
        return gateways.find(new FindStockItem(sku), StockView.class, origin)
                .thenApply(stock -> stock.orElseThrow(() -> ProblemException.unknown("product", sku)));
    }

    @GetMapping("/{sku}/movements")
    @Operation(summary = "Every change of the pieces on hand of a product, the newest first")
    CompletableFuture<StockMovementPage> movements(
            @PathVariable Sku sku,
            @RequestParam(defaultValue = "0") @PageNumber int page,
            @RequestParam(defaultValue = "20") @PageSize int size,
            Origin origin) {
        return gateways.ask(new FindStockMovements(sku, page, size), StockMovementPage.class, origin)
                .thenCompose(movements -> movements.page().totalItems() > 0
                        ? CompletableFuture.completedFuture(movements)
                        : stockOf(sku, origin).thenApply(stock -> movements));
    }
}
