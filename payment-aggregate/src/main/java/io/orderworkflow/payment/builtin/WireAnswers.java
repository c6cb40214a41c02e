package io.orderworkflow.payment.builtin;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The answers of the built-in provider's server, one after the other, as they come over a connection. */
final class WireAnswers {

    /** A header by which the server says that an answer is to arrive twice; it goes no further than the wire. */
    static final String TWICE = "X-Wire-Twice";

    private static final String LENGTH = "content-length:";
    private static final String END = "\r\n";

    private final InputStream in;

    WireAnswers(InputStream in) {
        this.in = new BufferedInputStream(in);
    }

    /** The next one; {@code null} if there are no more. */
    @Nullable
    Answer next() throws IOException {
        ByteArrayOutputStream head = new ByteArrayOutputStream();
        boolean twice = false;
        int length = 0;
        for (String line = line(); line != null; line = line()) {
            String lower = line.toLowerCase(Locale.ROOT);
            if (lower.startsWith(LENGTH)) {
                length = Integer.parseInt(line.substring(LENGTH.length()).trim());
            }
            if (lower.startsWith(TWICE.toLowerCase(Locale.ROOT) + ":")) {
                twice = true;
            } else {
                head.write((line + END).getBytes(StandardCharsets.ISO_8859_1));
            }
            if (line.isEmpty()) {
                head.write(body(length));
                return new Answer(head.toByteArray(), twice);
            }
        }
        return null;
    }

    private byte[] body(int length) throws IOException {
        byte[] body = in.readNBytes(length);
        if (body.length < length) {
            throw new EOFException("an answer ended in the middle");
        }
        return body;
    }

    private @Nullable String line() throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (int next = in.read(); next >= 0; next = in.read()) {
            if (next == '\n') {
                return line.toString(StandardCharsets.ISO_8859_1).stripTrailing();
            }
            line.write(next);
        }
        return null;
    }

    /** An answer. */
    static final class Answer {

        private final byte[] bytes;
        private final boolean twice;

        private Answer(byte[] bytes, boolean twice) {
            this.bytes = bytes;
            this.twice = twice;
        }

        byte[] bytes() {
            return Arrays.copyOf(bytes, bytes.length);
        }

        /** Whether it is to be said twice. */
        boolean twice() {
            return twice;
        }
    }
}
