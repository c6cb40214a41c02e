package io.orderworkflow.api.order;

import io.orderworkflow.api.Money;
import io.orderworkflow.api.OrderId;
import io.orderworkflow.api.RefundId;
import java.util.List;
import org.axonframework.serialization.Revision;

/**
 * Money is to be given back for some pieces of an order.
 *
 * @param orderId the order
 * @param refundId the refund
 * @param pieces what is refunded
 * @param amount what they cost in the order, exactly
 * @param reason why
 * @param restock whether the pieces go back on the shelves
 */
@Revision("1")
public record OrderRefundRequested(
        OrderId orderId, RefundId refundId, List<Pieces> pieces, Money amount, String reason, boolean restock)
        implements OrderEvent {}
