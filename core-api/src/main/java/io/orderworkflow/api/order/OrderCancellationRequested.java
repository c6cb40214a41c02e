package io.orderworkflow.api.order;

import io.orderworkflow.api.Money;
import io.orderworkflow.api.OrderId;
import java.util.List;
import org.axonframework.serialization.Revision;

/**
 * Somebody wants the order to be cancelled; what was done for it is undone from here on.
 *
 * @param orderId the order
 * @param reason why
 * @param lines what was ordered
 * @param total what was to be paid
 */
@Revision("1")
public record OrderCancellationRequested(OrderId orderId, String reason, List<OrderLine> lines, Money total)
        implements OrderEvent {}
