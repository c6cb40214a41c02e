package io.orderworkflow.api.cart;

import io.orderworkflow.api.CartId;
import io.orderworkflow.api.Money;
import io.orderworkflow.api.Sku;
import io.orderworkflow.api.order.OrderLine;
import org.axonframework.modelling.command.TargetAggregateIdentifier;

/**
 * Puts an item into a cart, or sets how many pieces of it there are to be. Sent by the REST API, with the price that the
 * catalogue shows at that moment. Answered by {@link ItemAddedToCart}, or by nothing if it is so already. Refused with
 * {@code CART_CHECKED_OUT}, {@code CART_EXPIRED}, or {@code CART_FULL}.
 *
 * @param cartId the cart
 * @param sku the product
 * @param quantity pieces, 1 to {@link OrderLine#MAX_QUANTITY}
 * @param price price of one piece, as the customer sees it now
 */
public record AddItemToCart(@TargetAggregateIdentifier CartId cartId, Sku sku, int quantity, Money price)
        implements CartCommand {

    /**
     * Creates the command.
     *
     * @throws IllegalArgumentException if the quantity is out of bounds
     */
    public AddItemToCart {
        if (quantity < 1 || quantity > OrderLine.MAX_QUANTITY) {
            throw new IllegalArgumentException("a cart has 1 to " + OrderLine.MAX_QUANTITY + " pieces of an item");
        }
    }
}
