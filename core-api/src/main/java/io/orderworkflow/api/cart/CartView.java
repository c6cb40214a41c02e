package io.orderworkflow.api.cart;

import io.orderworkflow.api.CartId;
import io.orderworkflow.api.CustomerId;
import io.orderworkflow.api.OrderId;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A cart as a reader sees it.
 *
 * @param cartId the cart
 * @param customerId whose it is
 * @param status what can be done with it
 * @param items what is in it, in the order in which it was put in
 * @param orderId the order that it became; {@code null} unless it is checked out
 * @param createdAt when it was created
 * @param expiresAt when it expires if it is not changed until then; {@code null} unless it is open
 */
public record CartView(
        CartId cartId,
        CustomerId customerId,
        CartStatus status,
        List<CartItem> items,
        @Nullable OrderId orderId,
        Instant createdAt,
        @Nullable Instant expiresAt) {}
