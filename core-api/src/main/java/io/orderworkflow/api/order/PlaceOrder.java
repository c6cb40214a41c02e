package io.orderworkflow.api.order;

import io.orderworkflow.api.CustomerId;
import io.orderworkflow.api.OrderId;
import java.util.List;
import org.axonframework.modelling.command.TargetAggregateIdentifier;

/**
 * Asks for an order to be accepted. Sent by the REST API, with the prices that the catalogue shows at that moment.
 * Answered by {@link OrderPlaced}. The same order asked again with the same fingerprint changes nothing; with another
 * one it is refused ({@code IDEMPOTENCY_KEY_REUSED}). Lines in several currencies are refused ({@code UNPAYABLE_TOTAL}).
 *
 * @param orderId the order to be, derived from the client's idempotency key
 * @param customerId who orders
 * @param lines what is ordered, 1 to {@link #MAX_LINES} lines, priced
 * @param payment how it is to be paid
 * @param shippingAddress where it goes
 * @param requestFingerprint digest of what the client asked for, without what the catalogue added: two requests with
 *     the same digest are the same request
 */
public record PlaceOrder(
        @TargetAggregateIdentifier OrderId orderId,
        CustomerId customerId,
        List<OrderLine> lines,
        PaymentInstruction payment,
        ShippingAddress shippingAddress,
        String requestFingerprint)
        implements OrderCommand {

    /** The most lines that an order can have. */
    public static final int MAX_LINES = 100;

    /**
     * Creates the command.
     *
     * @throws IllegalArgumentException if there are no lines or too many
     */
    public PlaceOrder {
        if (lines.isEmpty() || lines.size() > MAX_LINES) {
            throw new IllegalArgumentException("an order has 1 to " + MAX_LINES + " lines");
        }
        lines = List.copyOf(lines);
    }
}
