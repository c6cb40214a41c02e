package io.orderworkflow.api.inventory;

import io.orderworkflow.api.Sku;

/** What can happen to a product. */
public sealed interface ProductEvent permits ProductDescriptionChanged, ProductPriceChanged, ProductRegistered {

    /** The product concerned. */
    Sku sku();
}
