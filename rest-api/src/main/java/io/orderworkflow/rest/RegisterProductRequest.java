package io.orderworkflow.rest;

import io.orderworkflow.api.Sku;
import io.orderworkflow.api.inventory.ProductView;
import io.orderworkflow.api.inventory.RegisterProduct;
import io.swagger.v3.oas.annotations.media.Schema;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What a product is. */
record RegisterProductRequest(
        @NotNull(message = Rules.REQUIRED) @Text @Schema(example = "Espresso cup, white", maxLength = 200)
        String name,

        @NotNull(message = Rules.REQUIRED) @Valid PriceRequest price,

        @Text(blank = true) @Schema(example = "Cups", maxLength = 200) @Nullable
        String category) {

    RegisterProduct toCommand(Sku sku) {
        return new RegisterProduct(sku, name, price.toMoney(), category);
    }

    /** Whether the catalogue shows the product like this. */
    boolean isShownBy(ProductView product) {
        return product.name().equals(name)
                && product.price().equals(price.toMoney())
                && Objects.equals(product.category(), category);
    }
}
