package io.orderworkflow.api.cart;

import io.orderworkflow.api.CartId;
import io.orderworkflow.api.order.OrderLine;
import io.orderworkflow.api.order.PaymentInstruction;
import io.orderworkflow.api.order.ShippingAddress;
import java.util.List;
import org.axonframework.modelling.command.TargetAggregateIdentifier;

/**
 * Makes an order of a cart. Sent by the REST API, with the prices that the catalogue shows at that moment. Answered by
 * {@link CartCheckedOut}, which is also the command's result; when repeated, by that result alone. Refused with
 * {@code CART_EXPIRED}, {@code CART_EMPTY}, {@code UNPAYABLE_TOTAL}, with {@code CART_CHANGED} if the lines are not what is
 * in the cart, and, once checked out, with {@code CART_CHECKED_OUT} for another key and with
 * {@code IDEMPOTENCY_KEY_REUSED} for another request with the same key.
 *
 * @param cartId the cart
 * @param lines what is in the cart, one line for each item, priced
 * @param payment how it is to be paid
 * @param shippingAddress where it goes
 * @param idempotencyKey what the client calls its request
 * @param requestFingerprint digest of what the client asked for
 */
public record CheckOutCart(
        @TargetAggregateIdentifier CartId cartId,
        List<OrderLine> lines,
        PaymentInstruction payment,
        ShippingAddress shippingAddress,
        String idempotencyKey,
        String requestFingerprint)
        implements CartCommand {

    /** Creates the command. */
    public CheckOutCart {
        lines = List.copyOf(lines);
    }
}
