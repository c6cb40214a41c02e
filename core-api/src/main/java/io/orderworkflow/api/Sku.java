package io.orderworkflow.api;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.regex.Pattern;

/**
 * Identifies a product and its stock (stock keeping unit).
 *
 * @param value 1 to 64 characters of {@code A-Z a-z 0-9 . _ -}
 */
public record Sku(@JsonValue String value) implements Comparable<Sku> {

    /** What an identifier may look like, as a regular expression. */
    public static final String FORMAT = "[A-Za-z0-9._-]{1,64}";

    private static final Pattern PATTERN = Pattern.compile(FORMAT);

    /**
     * Creates the identifier.
     *
     * @throws IllegalArgumentException if the value does not match {@link #FORMAT}
     */
    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public Sku {
        if (!PATTERN.matcher(value).matches()) {
            throw new IllegalArgumentException("a SKU is 1 to 64 characters of A-Z a-z 0-9 . _ -");
        }
    }

    /** Orders by value: whoever needs several SKUs asks for them in this order, so that two never wait for each other. */
    @Override
    public int compareTo(Sku other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
