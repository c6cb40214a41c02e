package io.orderworkflow.api.order;

import io.orderworkflow.api.CustomerId;
import io.orderworkflow.api.Money;
import io.orderworkflow.api.OrderId;
import java.util.List;
import org.axonframework.serialization.Revision;

/**
 * An order was accepted; it will end confirmed, rejected or cancelled.
 *
 * @param orderId the order
 * @param customerId who ordered
 * @param lines what was ordered, at the prices of that moment
 * @param total the sum over the lines
 * @param payment how it is to be paid
 * @param shippingAddress where it goes
 * @param requestFingerprint digest of the client's request, see {@link PlaceOrder}
 */
@Revision("1")
public record OrderPlaced(
        OrderId orderId,
        CustomerId customerId,
        List<OrderLine> lines,
        Money total,
        PaymentInstruction payment,
        ShippingAddress shippingAddress,
        String requestFingerprint)
        implements OrderEvent {}
