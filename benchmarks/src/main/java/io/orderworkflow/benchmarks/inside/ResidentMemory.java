package io.orderworkflow.benchmarks.inside;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** What this process takes of the machine's memory, in MiB; -1 where the system does not tell. */
final class ResidentMemory {

    private static final Path STATUS = Path.of("/proc/self/status");

    private ResidentMemory() {}

    static long peakMiB() {
        return mebibytes("VmHWM:");
    }

    static long currentMiB() {
        return mebibytes("VmRSS:");
    }

    private static long mebibytes(String name) {
        if (!Files.exists(STATUS)) {
            return -1;
        }
        try {
            return Files.readAllLines(STATUS).stream()
                    .filter(line -> line.startsWith(name))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) / 1024)
                    .findFirst()
                    .orElse(-1);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
