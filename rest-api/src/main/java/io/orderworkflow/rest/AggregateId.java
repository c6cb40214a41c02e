package io.orderworkflow.rest;

/**
 * An aggregate of any type, as its events name it.
 *
 * @param value such as {@code stock:CUP-WHITE}
 */
record AggregateId(String value) {

    static final String RULE = "must be 1 to 255 printable characters";

    private static final int MAX_LENGTH = 255;

    /**
     * Creates the identifier.
     *
     * @throws IllegalArgumentException if it cannot be one
     */
    AggregateId {
        if (value.isEmpty() || value.length() > MAX_LENGTH || value.chars().anyMatch(Character::isISOControl)) {
            throw new IllegalArgumentException(RULE);
        }
    }
}
