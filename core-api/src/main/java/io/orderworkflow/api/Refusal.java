package io.orderworkflow.api;

/**
 * Why a command of a person was refused. It travels as the details of the command's exception, the only structured
 * part of an exception that crosses process boundaries; an exception without it means that the outcome is unknown.
 *
 * @param code the rule that was broken
 * @param message the rule in plain words, with the values concerned; fit to be shown to whoever asked
 */
public record Refusal(Code code, String message) {

    /** The rules that a command can break. */
    public enum Code {
        /** The aggregate, or whatever else the command names, does not exist. */
        UNKNOWN,
        /** The idempotency key was used before, with another request. */
        IDEMPOTENCY_KEY_REUSED,
        /** The lines of an order are not all in one currency, or add up to more than can be paid. */
        UNPAYABLE_TOTAL,
        /** The order is too far on its way, or was rejected, so that it cannot be cancelled. */
        ORDER_NOT_CANCELLABLE,
        /** The order is not confirmed, so that it cannot be shipped. */
        ORDER_NOT_CONFIRMED,
        /** The order is not shipped, so that it cannot be delivered. */
        ORDER_NOT_SHIPPED,
        /** The order is said to have been delivered before it was shipped. */
        DELIVERED_BEFORE_SHIPPED,
        /** The order is not paid, so that nothing of it can be refunded. */
        ORDER_NOT_REFUNDABLE,
        /** The refund is for a product that is not in the order. */
        NOT_ORDERED,
        /** The refund is for more than is left of what was ordered. */
        REFUND_EXCEEDS_ORDER,
        /** The cart was checked out, so that it cannot be changed or checked out otherwise any more. */
        CART_CHECKED_OUT,

        /** The cart has expired. */
        CART_EXPIRED,

        /** The cart has nothing in it that could be ordered. */
        CART_EMPTY,

        /** The cart was changed while it was being checked out. */
        CART_CHANGED,

        /** The cart has as many items as an order can have lines. */
        CART_FULL,

        /** The stock asked to be taken away is reserved by open orders. */
        STOCK_RESERVED,
        /** The stock would exceed what can be kept of one product. */
        STOCK_LIMIT_EXCEEDED,
        /** The event processor has no segment of that number. */
        UNKNOWN_SEGMENT,
        /** The segments of the event processor cannot be split or merged in this way. */
        SEGMENTS_NOT_CHANGEABLE,
        /** The read models of the processor cannot be rebuilt, or not be switched, as things are. */
        REBUILD_REFUSED,
        /** No faults can be made in this program: that is not enabled, or it does not use the built-in payment provider. */
        FAULTS_DISABLED,
        /** The demo driver places orders already. */
        DEMO_ORDERS_RUNNING
    }
}
