package io.orderworkflow.api.inventory;

import io.orderworkflow.api.Sku;
import org.axonframework.serialization.Revision;
import org.jspecify.annotations.Nullable;

/**
 * Goods arrived.
 *
 * @param sku the product
 * @param quantity pieces that arrived
 * @param onHand pieces in the warehouse after that, reserved ones included
 * @param reference the delivery's own number
 */
@Revision("1")
public record StockReceived(
        Sku sku, long quantity, long onHand, @Nullable String reference) implements StockEvent {}
