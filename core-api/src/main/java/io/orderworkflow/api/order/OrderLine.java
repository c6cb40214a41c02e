package io.orderworkflow.api.order;

import io.orderworkflow.api.Money;
import io.orderworkflow.api.Sku;

/**
 * One product of an order, as it was offered at the moment of placing.
 *
 * @param sku the product
 * @param name its name then
 * @param quantity pieces, 1 to {@link #MAX_QUANTITY}
 * @param unitPrice price of one piece then
 */
public record OrderLine(Sku sku, String name, int quantity, Money unitPrice) {

    /** The most pieces that one line can ask for. */
    public static final int MAX_QUANTITY = 10_000;
}
