package io.orderworkflow.api.inventory;

import io.orderworkflow.api.Money;
import io.orderworkflow.api.Sku;
import org.axonframework.serialization.Revision;
import org.jspecify.annotations.Nullable;

/**
 * A product can be ordered from now on.
 *
 * @param sku the product
 * @param name its name
 * @param price price of one piece
 * @param category what it is filed under
 */
@Revision("1")
public record ProductRegistered(
        Sku sku, String name, Money price, @Nullable String category) implements ProductEvent {}
