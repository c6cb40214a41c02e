package io.orderworkflow.api.inventory;

import io.orderworkflow.api.Money;
import io.orderworkflow.api.Sku;
import org.jspecify.annotations.Nullable;

/**
 * States what a product is. Sent by the REST API. The first time answered by {@link ProductRegistered} and
 * {@link StockItemOpened}; after that by {@link ProductPriceChanged} or {@link ProductDescriptionChanged} where
 * something differs, else by nothing. The command's result is {@code true} if the product is new.
 *
 * @param sku the product
 * @param name its name, 1 to 200 characters
 * @param price price of one piece, zero or more
 * @param category what it is filed under, up to 200 characters
 */
public record RegisterProduct(
        Sku sku, String name, Money price, @Nullable String category) implements ProductCommand {}
