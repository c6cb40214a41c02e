package io.orderworkflow.api.inventory;

import io.orderworkflow.api.Money;
import io.orderworkflow.api.Sku;
import org.jspecify.annotations.Nullable;

/**
 * A product of the catalogue as a reader sees it.
 *
 * @param sku the product
 * @param name its name
 * @param price price of one piece
 * @param category what it is filed under
 * @param version grows with every change: the number of the product's last event, from 0
 */
public record ProductView(
        Sku sku, String name, Money price, @Nullable String category, long version) {}
