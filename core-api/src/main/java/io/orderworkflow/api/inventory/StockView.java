package io.orderworkflow.api.inventory;

import io.orderworkflow.api.Sku;

/**
 * The stock of a product as a reader sees it.
 *
 * @param sku the product
 * @param onHand pieces in the warehouse, reserved ones included
 * @param reserved pieces set aside for open orders
 * @param available pieces that can still be promised
 * @param reorderPoint available pieces at or below which the product counts as low; 0 for never
 */
public record StockView(Sku sku, long onHand, long reserved, long available, long reorderPoint) {}
