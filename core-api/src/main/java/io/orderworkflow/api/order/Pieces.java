package io.orderworkflow.api.order;

import io.orderworkflow.api.Sku;

/**
 * Some pieces of a product.
 *
 * @param sku the product
 * @param quantity how many, more than 0
 */
public record Pieces(Sku sku, long quantity) {}
