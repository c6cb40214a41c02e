package io.orderworkflow.api.inventory;

import io.orderworkflow.api.OrderId;
import io.orderworkflow.api.Sku;
import org.axonframework.serialization.Revision;

/**
 * Not enough pieces were available to be set aside for an order; none were.
 *
 * @param sku the product
 * @param orderId the order
 * @param requested pieces asked for
 * @param available pieces that were available
 */
@Revision("1")
public record StockReservationRejected(Sku sku, OrderId orderId, long requested, long available)
        implements StockEvent {}
