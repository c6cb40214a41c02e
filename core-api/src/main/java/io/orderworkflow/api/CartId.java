package io.orderworkflow.api;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.UUID;

/**
 * Identifies a cart.
 *
 * @param value the identifier as it is written in URLs and messages
 */
public record CartId(@JsonValue UUID value) {

    /** Creates the identifier. */
    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public CartId {}

    /** Returns the bare UUID: Axon stores and associates identifiers by this text. */
    @Override
    public String toString() {
        return value.toString();
    }
}
