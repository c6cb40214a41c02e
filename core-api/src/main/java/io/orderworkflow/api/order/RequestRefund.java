package io.orderworkflow.api.order;

import io.orderworkflow.api.OrderId;
import io.orderworkflow.api.RefundId;
import java.util.List;
import org.axonframework.modelling.command.TargetAggregateIdentifier;

/**
 * Asks for money to be given back for some pieces of an order. Sent by the REST API. Answered by
 * {@link OrderRefundRequested} and, later, by what becomes of the refund at the payment. Repeating it with the same
 * identifier has no effect, or is refused where other pieces are named ({@code IDEMPOTENCY_KEY_REUSED}). Refused unless the order is confirmed, shipped or delivered ({@code ORDER_NOT_REFUNDABLE}),
 * for what was not ordered ({@code NOT_ORDERED}), and for more than is left of it ({@code REFUND_EXCEEDS_ORDER}).
 *
 * @param orderId the order
 * @param refundId the refund to be
 * @param pieces what is refunded; empty for everything that is left
 * @param reason why, 1 to 200 characters
 * @param restock whether the pieces go back on the shelves
 */
public record RequestRefund(
        @TargetAggregateIdentifier OrderId orderId,
        RefundId refundId,
        List<Pieces> pieces,
        String reason,
        boolean restock)
        implements OrderCommand {

    /** Creates the command. */
    public RequestRefund {
        pieces = List.copyOf(pieces);
    }
}
