package io.orderworkflow.rest;

import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How long a client prefers to wait for an order to settle ({@code Prefer: wait=N}, RFC 7240), if at all. Preferences
 * of other names are none of our concern.
 *
 * @param limit up to 30 seconds; empty if the client did not ask to wait
 */
record WaitPreference(Optional<Duration> limit) {

    static final String HEADER = "Prefer";
    static final String APPLIED_HEADER = "Preference-Applied";
    static final String RULE = "wait must be 1 to 30 seconds";
    static final WaitPreference NONE = new WaitPreference(Optional.empty());
    static final Duration LONGEST = Duration.ofSeconds(30);

    private static final Pattern PREFERENCE =
            Pattern.compile("\\s*([^\\s=;]+)\\s*(?:=\\s*(\"[^\"]*\"|[^;\"]*?)\\s*)?(?:;.*)?", Pattern.DOTALL);

    /**
     * Reads the header, or several joined by commas.
     *
     * @throws IllegalArgumentException if it asks to wait, but not 1 to 30 seconds
     */
    static WaitPreference parse(String header) {
        return Arrays.stream(header.split(",", -1))
                .map(PREFERENCE::matcher)
                .filter(preference ->
                        preference.matches() && preference.group(1).equalsIgnoreCase("wait"))
                .findFirst()
                .map(WaitPreference::of)
                .orElse(NONE);
    }

    private static WaitPreference of(Matcher preference) {
        String value = preference.group(2) == null ? "" : preference.group(2).replace("\"", "");
        if (!value.matches("[0-9]{1,2}")) {
            throw new IllegalArgumentException(RULE);
        }
        Duration limit = Duration.ofSeconds(Integer.parseInt(value));
        if (limit.isZero() || limit.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException(RULE);
        }
        return new WaitPreference(Optional.of(limit));
    }
}
