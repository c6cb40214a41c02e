package io.orderworkflow.platform.postgres;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.util.FileSystemUtils;

/**
 * A data directory and what is in it from the start: an account and a database for the program, which is not the
 * superuser, and the password of both.
 *
 * <p>The password is there because others on the machine reach the loopback interface too; it lies in the data directory,
 * which only its owner can read.
 *
 * @param directory the data directory
 */
record DatabaseCluster(Path directory) {

    private static final Logger log = LoggerFactory.getLogger(DatabaseCluster.class);

    static final String SUPERUSER = "postgres";

    /** Name of the program's own account and of its database. */
    static final String APPLICATION = "order_workflow";

    private static final String PASSWORD_FILE = "order-workflow.password";

    private static final String UNFINISHED_PREFIX = "initializing-";

    /** Where the data directory lies. */
    Path folder() {
        return directory.resolveSibling(".").normalize();
    }

    boolean exists() {
        return Files.exists(directory);
    }

    /**
     * Creates the cluster in a folder beside its place and moves it there as the last step, so that a program killed on
     * the way leaves nothing that a later start could take for a cluster.
     */
    void initialize(PostgresBinaries binaries, ServerAccount account, Map<String, String> settings)
            throws IOException, InterruptedException {
        Path unfinished = Files.createTempDirectory(folder(), UNFINISHED_PREFIX);
        String password = randomPassword();
        Path passwordFile = unfinished.resolve(PASSWORD_FILE);
        Files.createFile(
                passwordFile, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.writeString(passwordFile, password, StandardOpenOption.DSYNC);
        account.handOver(unfinished);

        Path cluster = unfinished.resolve("cluster");
        List<String> options = options(settings);
        List<String> initdb = new ArrayList<>(List.of(
                binaries.program("initdb"),
                "--pgdata=" + cluster,
                "--username=" + SUPERUSER,
                "--pwfile=" + passwordFile,
                "--auth=scram-sha-256",
                "--encoding=UTF8",
                // Comes with PostgreSQL: what the system knows of locales, and how it sorts, plays no part.
                "--locale-provider=builtin",
                "--builtin-locale=C.UTF-8",
                "--locale=C",
                "--no-instructions"));
        if ("off".equals(settings.get("fsync"))) {
            initdb.add("--no-sync");
        }
        check(Command.run(account.command(initdb)));

        List<String> singleUserServer =
                new ArrayList<>(List.of(binaries.program("postgres"), "--single", "-D", cluster.toString()));
        singleUserServer.addAll(options);
        singleUserServer.addAll(List.of("-c", "exit_on_error=on", "postgres"));
        check(Command.run(account.command(singleUserServer), """
                CREATE ROLE %1$s LOGIN PASSWORD '%2$s';
                CREATE DATABASE %1$s OWNER %1$s;
                """.formatted(APPLICATION, password)));

        Files.move(passwordFile, cluster.resolve(PASSWORD_FILE), StandardCopyOption.ATOMIC_MOVE);
        Files.move(cluster, directory, StandardCopyOption.ATOMIC_MOVE);
        forceToDisk(directory);
        forceToDisk(folder());
        Files.delete(unfinished);
    }

    private static String randomPassword() {
        byte[] bytes = new byte[24];
        new SecureRandom().nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }

    /** Deletes, as far as possible, what programs left that were killed in {@link #initialize}. */
    void deleteUnfinished() throws IOException {
        try (var remains = Files.newDirectoryStream(folder(), UNFINISHED_PREFIX + "*")) {
            for (Path remain : remains) {
                FileSystemUtils.deleteRecursively(remain.toFile());
            }
        }
    }

    /**
     * Ends the server that a killed program left on this cluster, and removes a pid file that names anything else. Only
     * for who holds the folder's lock.
     */
    void endAbandonedServer() throws IOException, InterruptedException {
        Optional<Postmaster> abandoned = Postmaster.of(directory);
        if (abandoned.isPresent()) {
            log.info(
                    "Ending the PostgreSQL server (process {}) that a killed program left behind",
                    abandoned.get().pid());
            abandoned.get().end();
        }
        // PostgreSQL itself asks only whether a process of that number exists, and would refuse to start.
        PostmasterPid.delete(directory);
    }

    List<String> serverCommand(PostgresBinaries binaries, int port, Map<String, String> settings) {
        List<String> command = new ArrayList<>(List.of(binaries.program("postgres"), "-D", directory.toString()));
        command.addAll(options(settings));
        command.addAll(options(Map.of(
                "port", Integer.toString(port),
                "listen_addresses", "127.0.0.1",
                "unix_socket_directories", "")));
        return command;
    }

    /** On the command line they win over the files in the data directory, whatever an earlier version wrote there. */
    private static List<String> options(Map<String, String> settings) {
        return settings.entrySet().stream()
                .flatMap(setting -> List.of("-c", setting.getKey() + "=" + setting.getValue()).stream())
                .toList();
    }

    String password() throws IOException {
        Path file = directory.resolve(PASSWORD_FILE);
        try {
            return Files.readString(file).strip();
        } catch (NoSuchFileException missing) {
            throw new EmbeddedPostgresException(
                    "The password of the embedded PostgreSQL is missing (%s).".formatted(file),
                    "Restore that file, or give the program another folder"
                            + " with --order-workflow.postgres.data-directory=<folder>.",
                    missing);
        }
    }

    private static void check(Command.Answer answer) {
        if (!answer.succeeded()) {
            throw new EmbeddedPostgresException(
                    "PostgreSQL could not set up its data directory: " + answer.output(),
                    "Correct that and start the program again, or set spring.datasource.url to a PostgreSQL of your own.");
        }
    }

    private static void forceToDisk(Path folder) throws IOException {
        try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }
}
