package io.orderworkflow.api.inventory;

import io.orderworkflow.api.Sku;
import org.axonframework.serialization.Revision;

/**
 * The stock was corrected.
 *
 * @param sku the product
 * @param previous pieces in the warehouse before
 * @param delta pieces more or less
 * @param onHand pieces in the warehouse after
 * @param reason why
 */
@Revision("1")
public record StockAdjusted(Sku sku, long previous, long delta, long onHand, String reason) implements StockEvent {}
