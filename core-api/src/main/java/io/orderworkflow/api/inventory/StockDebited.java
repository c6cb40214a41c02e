package io.orderworkflow.api.inventory;

import io.orderworkflow.api.OrderId;
import io.orderworkflow.api.Sku;
import org.axonframework.serialization.Revision;

/**
 * The pieces set aside for an order left the stock for good.
 *
 * @param sku the product
 * @param orderId the order
 * @param previous pieces in the warehouse before
 * @param debited pieces taken out
 * @param onHand pieces in the warehouse after
 * @param reserved pieces set aside for all orders after that
 */
@Revision("1")
public record StockDebited(Sku sku, OrderId orderId, long previous, long debited, long onHand, long reserved)
        implements StockEvent {}
