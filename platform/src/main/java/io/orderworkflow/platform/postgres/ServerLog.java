package io.orderworkflow.platform.postgres;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The file that the server writes to. A file rather than a pipe: a server whose program was killed can still write, and
 * tells afterwards what it did.
 *
 * @param file where it is
 */
record ServerLog(Path file) {

    private static final long LIMIT_BYTES = 10_000_000;

    private static final List<String> LAST_WORDS = List.of("FATAL:", "PANIC:");

    /** Makes room for a new server: begins a new file when this one has grown large, and keeps one old one. */
    void open() throws IOException {
        if (Files.exists(file) && Files.size(file) > LIMIT_BYTES) {
            Files.move(file, file.resolveSibling(file.getFileName() + ".old"), StandardCopyOption.REPLACE_EXISTING);
        }
        if (Files.notExists(file)) {
            // Error messages quote values of the rows they are about.
            Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        }
    }

    long size() throws IOException {
        return Files.size(file);
    }

    /** What was written from the given size on. */
    String since(long size) throws IOException {
        try (SeekableByteChannel channel = Files.newByteChannel(file)) {
            ByteBuffer buffer = ByteBuffer.allocate((int) Math.min(channel.size() - size, 1 << 20));
            channel.position(size);
            while (buffer.hasRemaining() && channel.read(buffer) >= 0) {
                // The server may be writing still; what is there by now is enough.
            }
            return StandardCharsets.UTF_8.decode(buffer.flip()).toString();
        }
    }

    /** The reason why a server gave up, out of what it wrote; all that it wrote if there is none to be found. */
    static String reason(String written) {
        String reason = written.lines().flatMap(ServerLog::lastWords).collect(Collectors.joining(" "));
        return reason.isEmpty() ? written.strip() : reason;
    }

    private static Stream<String> lastWords(String line) {
        return LAST_WORDS.stream()
                .filter(line::contains)
                .map(level ->
                        line.substring(line.indexOf(level) + level.length()).strip());
    }
}
