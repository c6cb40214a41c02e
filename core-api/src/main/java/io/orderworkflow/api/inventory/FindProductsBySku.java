package io.orderworkflow.api.inventory;

import io.orderworkflow.api.Sku;
import java.util.Set;

/**
 * Asks for certain products, as they are offered now; answered by {@link Products} with those that exist. Where
 * updates are subscribed to, every change of one of them follows.
 *
 * @param skus the products
 */
public record FindProductsBySku(Set<Sku> skus) {}
