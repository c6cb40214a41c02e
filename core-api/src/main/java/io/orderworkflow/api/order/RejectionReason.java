package io.orderworkflow.api.order;

import io.orderworkflow.api.Sku;
import java.util.List;

/**
 * Why an order was rejected.
 *
 * @param code the kind of reason, stable
 * @param message the reason in plain words
 * @param shortages for {@code OUT_OF_STOCK}: what was short, else empty
 */
public record RejectionReason(Code code, String message, List<Shortage> shortages) {

    /** Creates the reason. */
    public RejectionReason {
        shortages = List.copyOf(shortages);
    }

    /** The kinds of reasons, as in the REST contract. */
    public enum Code {
        /** Not enough pieces of some SKU were available. */
        OUT_OF_STOCK,
        /** The provider declined the payment. */
        PAYMENT_DECLINED,
        /** The payment was authorised, but the money could not be taken. */
        PAYMENT_FAILED,
        /** Some SKU did not answer in time. */
        STOCK_TIMEOUT,
        /** The payment was not answered in time. */
        PAYMENT_TIMEOUT
    }

    /**
     * What was short.
     *
     * @param sku the product
     * @param requested pieces that the order asked for
     * @param available pieces that could have been set aside
     */
    public record Shortage(Sku sku, long requested, long available) {}
}
