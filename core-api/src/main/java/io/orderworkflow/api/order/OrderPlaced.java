package io.orderworkflow.api.order;

import io.orderworkflow.api.CustomerId;
import io.orderworkflow.api.Money;
import io.orderworkflow.api.OrderId;
import java.util.List;
import org.axonframework.serialization.Revision;
import org.jspecify.annotations.Nullable;

/**
 * An order was accepted; it will end confirmed, rejected or cancelled.
 *
 * <p>Revision 3. Of orders placed before revision 2 the amounts were recorded without a currency, and are read as EUR;
 * before revision 3 it was not recorded where the order goes.
 *
 * @param orderId the order
 * @param customerId who ordered
 * @param lines what was ordered, at the prices of that moment
 * @param total the sum over the lines
 * @param payment how it is to be paid
 * @param shippingAddress where it goes, {@code null} if that was not recorded
 * @param requestFingerprint digest of the client's request, see {@link PlaceOrder}
 */
@Revision("3")
public record OrderPlaced(
        OrderId orderId,
        CustomerId customerId,
        List<OrderLine> lines,
        Money total,
        PaymentInstruction payment,
        @Nullable ShippingAddress shippingAddress,
        String requestFingerprint)
        implements OrderEvent {}
