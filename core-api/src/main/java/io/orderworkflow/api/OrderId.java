package io.orderworkflow.api;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.nio.charset.StandardCharsets;
import java.util.UUID;

/**
 * Identifies an order.
 *
 * @param value the identifier as it is written in URLs and messages
 */
public record OrderId(@JsonValue UUID value) {

    /** Creates the identifier. */
    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public OrderId {}

    /**
     * Derives the identifier from the key with which a client placed the order, so that the same request sent twice
     * reaches the same order.
     *
     * @param idempotencyKey 1 to 128 printable characters
     */
    public static OrderId forIdempotencyKey(String idempotencyKey) {
        return new OrderId(UUID.nameUUIDFromBytes(("order/" + idempotencyKey).getBytes(StandardCharsets.UTF_8)));
    }

    /**
     * Derives the identifier of the order that a cart becomes when it is checked out, so that it becomes one only.
     *
     * @param cartId the cart
     */
    public static OrderId forCart(CartId cartId) {
        return new OrderId(UUID.nameUUIDFromBytes(("cart/" + cartId).getBytes(StandardCharsets.UTF_8)));
    }

    /**
     * Reads an identifier from text.
     *
     * @throws IllegalArgumentException if the text is not a UUID
     */
    public static OrderId of(String text) {
        return new OrderId(UUID.fromString(text));
    }

    /** Returns the bare UUID: Axon stores and associates identifiers by this text. */
    @Override
    public String toString() {
        return value.toString();
    }
}
