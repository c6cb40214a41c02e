package io.orderworkflow.platform.postgres;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Locale;
import java.util.stream.Stream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.springframework.util.FileSystemUtils;

/**
 * PostgreSQL's programs, which travel in this jar as an archive and are unpacked once to be run.
 *
 * <p>The folder is named after the archive's content, so that another version lands beside it, never over it. It counts
 * only once all of it is known to be on the disk: what a killed program or a power cut left of one is unpacked again.
 *
 * @param folder where they lie
 */
record PostgresBinaries(Path folder) {

    private static final String PREFIX = "binaries-";
    private static final String KEPT = "kept";

    /** Unpacks into a folder below the given one, unless that was done before; only for who has it to itself. */
    static PostgresBinaries unpackInto(Path parent) throws IOException {
        String archive = archiveName(
                System.getProperty("os.name"),
                System.getProperty("os.arch"),
                Files.exists(Path.of("/etc/alpine-release")));
        PostgresBinaries binaries = new PostgresBinaries(parent.resolve(PREFIX + fingerprint(archive)));
        if (!binaries.kept()) {
            FileSystemUtils.deleteRecursively(binaries.folder);
            unpack(archive, binaries.folder);
            Files.setPosixFilePermissions(binaries.folder, PosixFilePermissions.fromString("rwxr-xr-x"));
        }
        return binaries;
    }

    /** Forces all of it to the disk, which takes seconds, and from then on it need not be unpacked again. */
    void keep() throws IOException {
        if (!kept()) {
            forceToDisk(folder);
            Files.createFile(folder.resolve(KEPT));
        }
    }

    private boolean kept() {
        return Files.exists(folder.resolve(KEPT));
    }

    /** Name of the archive for a system, as its publisher spells it. */
    static String archiveName(String osName, String osArch, boolean alpine) {
        String system = osName.toLowerCase(Locale.ROOT).startsWith("mac") ? "darwin" : osName.toLowerCase(Locale.ROOT);
        String processor = switch (osArch) {
            case "amd64" -> "x86_64";
            case "aarch64" -> "arm_64";
            default -> osArch;
        };
        return "postgres-%s-%s%s.tar".formatted(system, processor, alpine ? "-alpine_linux" : "");
    }

    /** Deletes other versions as far as possible; only for who has the parent folder to itself. */
    void deleteOthers() throws IOException {
        try (DirectoryStream<Path> versions = Files.newDirectoryStream(folder.resolveSibling("."), PREFIX + "*")) {
            for (Path version : versions) {
                if (!version.normalize().equals(folder)) {
                    FileSystemUtils.deleteRecursively(version.toFile());
                }
            }
        }
    }

    String program(String name) {
        return folder.resolve("bin").resolve(name).toString();
    }

    private static InputStream open(String archive, String suffix) {
        InputStream stream = PostgresBinaries.class.getResourceAsStream(archive + suffix);
        if (stream == null) {
            throw new EmbeddedPostgresException(
                    "This program brings no PostgreSQL for this system (%s).".formatted(archive),
                    "Set spring.datasource.url to a PostgreSQL of your own.");
        }
        return stream;
    }

    /** Taken when the program was built: to read the whole archive at each start would take longer than the rest. */
    private static String fingerprint(String archive) throws IOException {
        try (InputStream checksum = open(archive, ".sha256")) {
            return new String(checksum.readNBytes(12), StandardCharsets.US_ASCII);
        }
    }

    private static void unpack(String archive, Path target) throws IOException {
        try (TarArchiveInputStream entries =
                new TarArchiveInputStream(new BufferedInputStream(open(archive, ""), 1 << 16))) {
            for (TarArchiveEntry entry = entries.getNextEntry(); entry != null; entry = entries.getNextEntry()) {
                Path path = target.resolve(entry.getName()).normalize();
                if (!path.startsWith(target)) {
                    throw new IOException("%s leads out of the archive %s".formatted(entry.getName(), archive));
                }
                unpack(entry, entries, path);
            }
        }
    }

    private static void forceToDisk(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : (Iterable<Path>) files.filter(Files::isRegularFile)::iterator) {
                try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
                    channel.force(true);
                }
            }
        }
    }

    private static void unpack(TarArchiveEntry entry, InputStream content, Path path) throws IOException {
        if (entry.isDirectory()) {
            Files.createDirectories(path);
            return;
        }
        Files.createDirectories(path.resolveSibling("."));
        if (entry.isSymbolicLink()) {
            Files.createSymbolicLink(path, Path.of(entry.getLinkName()));
            return;
        }
        Files.copy(content, path);
        // The umask may be stricter, but the server may have to run under another account.
        boolean executable = (entry.getMode() & 0100) != 0;
        Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(executable ? "rwxr-xr-x" : "rw-r--r--"));
    }
}
