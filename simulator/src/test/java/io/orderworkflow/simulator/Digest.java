package io.orderworkflow.simulator;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** A short text that stands for a long one. */
final class Digest {

    private Digest() {}

    static String of(String text) {
        try {
            return new String(
                    MessageDigest.getInstance("MD5").digest(text.getBytes(StandardCharsets.UTF_8)),
                    StandardCharsets.ISO_8859_1);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JVM has it", e);
        }
    }
}
