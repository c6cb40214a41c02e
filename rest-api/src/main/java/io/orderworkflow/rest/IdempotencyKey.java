package io.orderworkflow.rest;

import io.orderworkflow.api.OrderId;

/**
 * What a client calls a request of its own, so that the same request sent again is known as such.
 *
 * @param value 1 to 128 printable characters
 */
record IdempotencyKey(String value) {

    static final String HEADER = "Idempotency-Key";

    IdempotencyKey {
        if (!PrintableText.isUpTo128(value)) {
            throw new IllegalArgumentException(PrintableText.RULE);
        }
    }

    /** The order that is placed with this key. */
    OrderId orderId() {
        return OrderId.forIdempotencyKey(value);
    }
}
