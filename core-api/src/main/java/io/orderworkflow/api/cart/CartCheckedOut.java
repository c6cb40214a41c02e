package io.orderworkflow.api.cart;

import io.orderworkflow.api.CartId;
import io.orderworkflow.api.CustomerId;
import io.orderworkflow.api.OrderId;
import io.orderworkflow.api.order.OrderLine;
import io.orderworkflow.api.order.PaymentInstruction;
import io.orderworkflow.api.order.ShippingAddress;
import java.util.List;
import org.axonframework.serialization.Revision;

/**
 * The cart becomes an order, which is placed with all of this.
 *
 * @param cartId the cart
 * @param orderId the order that it becomes, derived from the cart
 * @param customerId who orders
 * @param lines what is ordered, at the catalogue's prices of that moment
 * @param payment how it is to be paid
 * @param shippingAddress where it goes
 * @param idempotencyKey what the client calls its request
 * @param requestFingerprint digest of what the client asked for
 * @param priceChanges the items whose price is another one now than when they were put into the cart
 */
@Revision("1")
public record CartCheckedOut(
        CartId cartId,
        OrderId orderId,
        CustomerId customerId,
        List<OrderLine> lines,
        PaymentInstruction payment,
        ShippingAddress shippingAddress,
        String idempotencyKey,
        String requestFingerprint,
        List<PriceChange> priceChanges)
        implements CartEvent {}
