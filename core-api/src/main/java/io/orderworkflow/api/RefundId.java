package io.orderworkflow.api;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.nio.charset.StandardCharsets;
import java.util.UUID;

/**
 * Identifies a refund of an order.
 *
 * @param value the identifier as it is written in URLs and messages
 */
public record RefundId(@JsonValue UUID value) {

    /** Creates the identifier. */
    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public RefundId {}

    /**
     * Derives the identifier from the key with which a client asked for the refund, so that the same request sent twice
     * reaches the same refund.
     *
     * @param orderId the order that is refunded
     * @param idempotencyKey 1 to 128 printable characters
     */
    public static RefundId forIdempotencyKey(OrderId orderId, String idempotencyKey) {
        return new RefundId(
                UUID.nameUUIDFromBytes(("refund/" + orderId + "/" + idempotencyKey).getBytes(StandardCharsets.UTF_8)));
    }

    /** Returns the bare UUID: Axon stores and associates identifiers by this text. */
    @Override
    public String toString() {
        return value.toString();
    }
}
