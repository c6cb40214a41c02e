package io.orderworkflow.api;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.nio.charset.StandardCharsets;
import java.util.UUID;

/**
 * Identifies a payment. An order has one payment, whose identifier follows from the order's.
 *
 * @param value the identifier as it is written in URLs and messages
 */
public record PaymentId(@JsonValue UUID value) {

    /** Creates the identifier. */
    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public PaymentId {}

    /** Derives the identifier of the payment of an order: a repeated step cannot start a second payment. */
    public static PaymentId forOrder(OrderId orderId) {
        return new PaymentId(UUID.nameUUIDFromBytes(("payment/" + orderId).getBytes(StandardCharsets.UTF_8)));
    }

    /**
     * Reads an identifier from text.
     *
     * @throws IllegalArgumentException if the text is not a UUID
     */
    public static PaymentId of(String text) {
        return new PaymentId(UUID.fromString(text));
    }

    /** Returns the bare UUID: Axon stores and associates identifiers by this text. */
    @Override
    public String toString() {
        return value.toString();
    }
}
