package io.orderworkflow.api.inventory;

import io.orderworkflow.api.Sku;
import org.axonframework.serialization.Revision;
import org.jspecify.annotations.Nullable;

/**
 * A product has another name or category.
 *
 * @param sku the product
 * @param name its name from now on
 * @param category what it is filed under from now on
 */
@Revision("1")
public record ProductDescriptionChanged(
        Sku sku, String name, @Nullable String category) implements ProductEvent {}
