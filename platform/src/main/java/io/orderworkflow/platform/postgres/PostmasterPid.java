package io.orderworkflow.platform.postgres;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * What a server writes about itself into its data directory.
 *
 * <p>The file outlives a server that is killed, and its pid may by then belong to any other program: it is a hint where
 * to look ({@link Postmaster}), never a reason to signal.
 *
 * @param pid the process that wrote it
 * @param ready whether the server accepts connections
 */
record PostmasterPid(long pid, boolean ready) {

    private static final String FILE = "postmaster.pid";

    /** The eighth line, which the server rewrites as it starts and stops. */
    private static final int STATUS_LINE = 7;

    static Optional<PostmasterPid> read(Path cluster) throws IOException {
        try {
            return parse(Files.readAllLines(cluster.resolve(FILE), StandardCharsets.ISO_8859_1));
        } catch (NoSuchFileException noServer) {
            return Optional.empty();
        }
    }

    /** Reads the lines; a file that was cut short by a crash, or is just being written, says nothing. */
    static Optional<PostmasterPid> parse(List<String> lines) {
        if (lines.isEmpty()) {
            return Optional.empty();
        }
        try {
            // A server in single-user mode marks itself by a minus.
            long pid = Math.abs(Long.parseLong(lines.get(0).strip()));
            boolean ready =
                    lines.size() > STATUS_LINE && lines.get(STATUS_LINE).strip().equals("ready");
            return pid == 0 ? Optional.empty() : Optional.of(new PostmasterPid(pid, ready));
        } catch (NumberFormatException torn) {
            return Optional.empty();
        }
    }

    static void delete(Path cluster) throws IOException {
        Files.deleteIfExists(cluster.resolve(FILE));
    }
}
