package io.orderworkflow.rest;

import java.util.regex.Pattern;

/** What a header that becomes part of messages and logs may hold. */
final class PrintableText {

    static final String RULE = "must be given once, as 1 to 128 printable ASCII characters";

    private static final Pattern PRINTABLE = Pattern.compile("[\\x20-\\x7E]{1,128}");

    private PrintableText() {}

    static boolean isUpTo128(String text) {
        return PRINTABLE.matcher(text).matches();
    }
}
