package io.orderworkflow.platform.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * One real PostgreSQL for all integration tests of a JVM, started when the first asks for a database and gone with the
 * JVM, however that ends.
 *
 * <p>The same programs as the embedded one's, but nothing is written through to the disk. They are unpacked once and
 * kept in the temporary folder for the next run.
 *
 * <pre>{@code
 * @SpringBootTest(properties = "order-workflow.postgres.embedded=false") // or it starts its own, too
 * @Import(ThrowawayDatabase.class) // a fresh database for this test's context
 * class PlacedOrderIsConfirmedIT
 * }</pre>
 *
 * <p>or, without Spring, {@code DriverManager.getConnection(ThrowawayPostgres.newDatabase())}.
 */
public final class ThrowawayPostgres {

    private static final Map<String, String> SETTINGS = Map.of(
            "fsync", "off",
            "synchronous_commit", "off",
            "full_page_writes", "off",
            // Spring keeps the contexts of past tests, and with them their connection pools.
            "max_connections", "400",
            "wal_level", "minimal",
            "max_wal_senders", "0");

    /**
     * Ends the server and deletes its folder when the JVM is gone, which shows in the end of the standard input. An exit
     * hook could not: it would run beside Spring's, take the database away while contexts close, and miss a killed JVM.
     */
    private static final String GUARD = """
            folder=$1
            shift
            "$@" </dev/null &
            server=$!
            read -r line
            kill -QUIT $server
            wait $server
            rm -rf "$folder"
            """;

    /** Held on to, for the guard's standard input would be closed with it. */
    private final Process guard;

    private final int port;
    private final String password;
    private final AtomicInteger databases = new AtomicInteger();

    private ThrowawayPostgres(Process guard, int port, String password) {
        this.guard = guard;
        this.port = port;
        this.password = password;
    }

    /**
     * Creates an empty database that belongs to an ordinary account, like the program's.
     *
     * @return its JDBC URL, with user and password in it
     */
    public static String newDatabase() {
        return OnDemand.SERVER.createDatabase();
    }

    /** Starts the server when it is first asked for, once, whichever thread asks. */
    private static final class OnDemand {

        static final ThrowawayPostgres SERVER = start();

        private static ThrowawayPostgres start() {
            try {
                return ThrowawayPostgres.start();
            } catch (IOException failure) {
                throw new UncheckedIOException(failure);
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException("interrupted while starting PostgreSQL", interrupted);
            }
        }
    }

    private static ThrowawayPostgres start() throws IOException, InterruptedException {
        Path folder = Files.createTempDirectory("throwaway-postgres-");
        openToServerAccount(folder);
        PostgresBinaries binaries = cachedBinaries();
        DatabaseCluster cluster = new DatabaseCluster(folder.resolve("cluster"));
        ServerAccount account = ServerAccount.choose(binaries, folder, cluster.directory());
        cluster.initialize(binaries, account, SETTINGS);

        int port = ServerLauncher.freePort();
        ServerLog log = new ServerLog(folder.resolve("postgres.log"));
        log.open();
        ProcessBuilder command = account.command(cluster.serverCommand(binaries, port, SETTINGS));
        command.command().addAll(0, List.of("sh", "-c", GUARD, "sh", folder.toString()));
        command.command().addAll(0, ServerLauncher.ownSession());
        Process guard = command.redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.file().toFile()))
                .start();
        await("PostgreSQL for the tests")
                .atMost(Duration.ofMinutes(1))
                .pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(10))
                .failFast(() -> assertThat(log.since(0)).doesNotContain("FATAL"))
                .until(() -> PostmasterPid.read(cluster.directory())
                        .filter(PostmasterPid::ready)
                        .isPresent());
        return new ThrowawayPostgres(guard, port, cluster.password());
    }

    /** Shared with other runs, which may be unpacking at this moment. */
    static PostgresBinaries cachedBinaries() throws IOException {
        Path cache = Path.of(
                System.getProperty("java.io.tmpdir"), "order-workflow-postgres-" + System.getProperty("user.name"));
        Files.createDirectories(cache);
        openToServerAccount(cache);
        try (FileChannel channel =
                        FileChannel.open(cache.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                FileLock lock = channel.lock()) {
            assertThat(lock.isValid()).isTrue();
            PostgresBinaries binaries = PostgresBinaries.unpackInto(cache);
            binaries.keep();
            return binaries;
        }
    }

    /** Temporary folders are their owner's alone, but the server may have to run under another account. */
    static void openToServerAccount(Path folder) throws IOException {
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    private String createDatabase() {
        if (!guard.isAlive()) {
            throw new IllegalStateException("the PostgreSQL for the tests has ended");
        }
        String database = "test_" + databases.incrementAndGet();
        try (Connection connection = DriverManager.getConnection(url("postgres", DatabaseCluster.SUPERUSER));
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE DATABASE " + database + " OWNER " + DatabaseCluster.APPLICATION);
        } catch (SQLException failure) {
            throw new IllegalStateException("no database for the test", failure);
        }
        return url(database, DatabaseCluster.APPLICATION);
    }

    private String url(String database, String user) {
        return "jdbc:postgresql://127.0.0.1:%d/%s?user=%s&password=%s".formatted(port, database, user, password);
    }
}
