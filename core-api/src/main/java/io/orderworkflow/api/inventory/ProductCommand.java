package io.orderworkflow.api.inventory;

import io.orderworkflow.api.Sku;
import org.axonframework.modelling.command.TargetAggregateIdentifier;

/** What can be asked of a product. */
public sealed interface ProductCommand permits ChangeProductPrice, RegisterProduct {

    /** The product asked. */
    Sku sku();

    /** The aggregate that decides: a product and its stock share the SKU, so each prefixes it. */
    @TargetAggregateIdentifier
    default String productId() {
        return productId(sku());
    }

    /** The identifier of the product aggregate of a SKU. */
    static String productId(Sku sku) {
        return "product:" + sku;
    }
}
