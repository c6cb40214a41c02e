package io.orderworkflow.api.inventory;

import io.orderworkflow.api.OrderId;
import io.orderworkflow.api.Sku;
import java.util.UUID;
import org.axonframework.serialization.Revision;

/**
 * Pieces of an order are back on the shelves.
 *
 * @param sku the product
 * @param orderId the order
 * @param quantity pieces put back
 * @param previous pieces in the warehouse before
 * @param onHand pieces in the warehouse after
 * @param returnId what this return is known by
 */
@Revision("1")
public record StockRestocked(Sku sku, OrderId orderId, long quantity, long previous, long onHand, UUID returnId)
        implements StockEvent {}
