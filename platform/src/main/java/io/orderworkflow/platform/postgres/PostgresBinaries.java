package io.orderworkflow.platform.postgres;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Locale;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.compressors.xz.XZCompressorInputStream;
import org.springframework.util.FileSystemUtils;

/**
 * PostgreSQL's programs, which travel in a jar as a compressed archive and are unpacked once to be run.
 *
 * <p>The folder is named after the archive's content, so that another version lands beside it, never over it. It appears
 * whole or not at all: a program that is killed while unpacking leaves only a folder that nobody looks at.
 *
 * @param folder where they lie
 */
record PostgresBinaries(Path folder) {

    private static final String PREFIX = "binaries-";
    private static final String UNFINISHED_PREFIX = "unpacking-";

    /** Unpacks into a folder below the given one, unless that was done before. */
    static PostgresBinaries unpackInto(Path parent) throws IOException {
        String archive = archiveName(
                System.getProperty("os.name"),
                System.getProperty("os.arch"),
                Files.exists(Path.of("/etc/alpine-release")));
        Path target = parent.resolve(PREFIX + fingerprint(archive));
        if (!Files.isDirectory(target)) {
            Path unfinished = Files.createTempDirectory(parent, UNFINISHED_PREFIX);
            unpack(archive, unfinished);
            forceToDisk(unfinished);
            Files.setPosixFilePermissions(unfinished, PosixFilePermissions.fromString("rwxr-xr-x"));
            Files.move(unfinished, target, StandardCopyOption.ATOMIC_MOVE);
        }
        return new PostgresBinaries(target);
    }

    /** Name of the archive for a system, as its publisher spells it. */
    static String archiveName(String osName, String osArch, boolean alpine) {
        String system = osName.toLowerCase(Locale.ROOT).startsWith("mac") ? "darwin" : osName.toLowerCase(Locale.ROOT);
        String processor = switch (osArch) {
            case "amd64" -> "x86_64";
            case "aarch64" -> "arm_64";
            default -> osArch;
        };
        return "postgres-%s-%s%s.txz".formatted(system, processor, alpine ? "-alpine_linux" : "");
    }

    /** Deletes other versions and unfinished ones as far as possible; only for who has the parent folder to itself. */
    void deleteOthers() throws IOException {
        try (DirectoryStream<Path> versions =
                Files.newDirectoryStream(folder.resolveSibling("."), "{" + PREFIX + "," + UNFINISHED_PREFIX + "}*")) {
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

    private static InputStream open(String archive) {
        InputStream stream = PostgresBinaries.class.getClassLoader().getResourceAsStream(archive);
        if (stream == null) {
            throw new EmbeddedPostgresException(
                    "This program brings no PostgreSQL for this system (%s).".formatted(archive),
                    "Set spring.datasource.url to a PostgreSQL of your own.");
        }
        return stream;
    }

    private static String fingerprint(String archive) throws IOException {
        CRC32 crc = new CRC32();
        try (InputStream stream = open(archive)) {
            byte[] buffer = new byte[1 << 16];
            for (int read = stream.read(buffer); read >= 0; read = stream.read(buffer)) {
                crc.update(ByteBuffer.wrap(buffer, 0, read));
            }
        }
        return "%08x".formatted(crc.getValue());
    }

    private static void unpack(String archive, Path target) throws IOException {
        try (TarArchiveInputStream entries =
                new TarArchiveInputStream(new XZCompressorInputStream(new BufferedInputStream(open(archive))))) {
            for (TarArchiveEntry entry = entries.getNextEntry(); entry != null; entry = entries.getNextEntry()) {
                Path path = target.resolve(entry.getName()).normalize();
                if (!path.startsWith(target)) {
                    throw new IOException("%s leads out of the archive %s".formatted(entry.getName(), archive));
                }
                unpack(entry, entries, path);
            }
        }
    }

    /** Before the folder gets its name, or a power cut could leave that name over empty files. */
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
