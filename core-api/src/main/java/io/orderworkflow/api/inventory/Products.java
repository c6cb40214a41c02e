package io.orderworkflow.api.inventory;

import java.util.List;

/**
 * Some products.
 *
 * @param items the products, in no particular order
 */
public record Products(List<ProductView> items) {}
