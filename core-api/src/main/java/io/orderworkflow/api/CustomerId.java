package io.orderworkflow.api;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.regex.Pattern;

/**
 * Identifies a customer, as the client names it.
 *
 * @param value 1 to 64 characters of {@code A-Z a-z 0-9 . _ -}
 */
public record CustomerId(@JsonValue String value) {

    /** What an identifier may look like, as a regular expression. */
    public static final String FORMAT = "[A-Za-z0-9._-]{1,64}";

    private static final Pattern PATTERN = Pattern.compile(FORMAT);

    /**
     * Creates the identifier.
     *
     * @throws IllegalArgumentException if the value does not match {@link #FORMAT}
     */
    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public CustomerId {
        if (!PATTERN.matcher(value).matches()) {
            throw new IllegalArgumentException("a customer id is 1 to 64 characters of A-Z a-z 0-9 . _ -");
        }
    }

    @Override
    public String toString() {
        return value;
    }
}
