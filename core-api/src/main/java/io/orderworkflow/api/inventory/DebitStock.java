package io.orderworkflow.api.inventory;

import io.orderworkflow.api.OrderId;
import io.orderworkflow.api.Sku;

/**
 * Takes what was set aside for an order out of the stock, for good. Sent by the saga once the money is taken. Answered
 * by {@link StockDebited}; repeating it has no effect.
 *
 * @param sku the product
 * @param orderId the order, which must hold a reservation
 */
public record DebitStock(Sku sku, OrderId orderId) implements StockCommand {}
