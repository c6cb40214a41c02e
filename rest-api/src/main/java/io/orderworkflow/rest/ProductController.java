package io.orderworkflow.rest;

import io.orderworkflow.api.Sku;
import io.orderworkflow.api.inventory.FindProducts;
import io.orderworkflow.api.inventory.FindProductsBySku;
import io.orderworkflow.api.inventory.ProductPage;
import io.orderworkflow.api.inventory.ProductView;
import io.orderworkflow.api.inventory.Products;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.Valid;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping(path = "/api/products", produces = MediaType.APPLICATION_JSON_VALUE)
@Tag(name = "Products")
final class ProductController {

    private final Gateways gateways;
    private final RestProperties properties;

    ProductController(Gateways gateways, RestProperties properties) {
        this.gateways = gateways;
        this.properties = properties;
    }

    @PutMapping("/{sku}")
    @Operation(summary = "States what a product is; answered once it can be ordered at that price")
    @ApiResponse(
            responseCode = "201",
            description = "A new product",
            content = @Content(schema = @Schema(implementation = ProductView.class)))
    @ApiResponse(
            responseCode = "200",
            description = "A known product",
            content = @Content(schema = @Schema(implementation = ProductView.class)))
    @ApiResponse(
            responseCode = "202",
            description = "Accepted, but the catalogue does not show it yet",
            content = @Content)
    CompletableFuture<ResponseEntity<?>> state(
            @PathVariable Sku sku, @Valid @RequestBody RegisterProductRequest request, Origin origin) {
        return gateways.<Boolean, Products, ProductView>sendAndAwait(
                        request.toCommand(sku),
                        new View<>(
                                new FindProductsBySku(Set.of(sku)), Products.class, Products::items, ProductView.class),
                        request::isShownBy,
                        properties.catalogueTimeout(),
                        origin)
                .thenApply(seen -> seen.state()
                        .<ResponseEntity<?>>map(
                                product -> ResponseEntity.status(seen.result() ? HttpStatus.CREATED : HttpStatus.OK)
                                        .body(product))
                        .orElseGet(() -> ResponseEntity.accepted().build()));
    }

    @GetMapping
    @Operation(summary = "The catalogue, by SKU unless sorted otherwise")
    CompletableFuture<ProductPage> products(
            @RequestParam(defaultValue = "0") @PageNumber int page,
            @RequestParam(defaultValue = "20") @PageSize int size,
            @RequestParam(defaultValue = "") String sort,
            Origin origin) {
        return gateways.ask(
                new FindProducts(page, size, Sorting.parse(sort, FindProducts.SORTABLE)), ProductPage.class, origin);
    }
}
