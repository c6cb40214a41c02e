package io.orderworkflow.platform.postgres;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.springframework.util.FileSystemUtils;

/** A PostgreSQL that one test has for itself, because the test kills it. What was committed survives that. */
public final class KillablePostgres implements AutoCloseable {

    private static final Map<String, String> SETTINGS = Map.of("max_connections", "400");

    private final Path folder;
    private final DatabaseCluster cluster;
    private final ServerLauncher launcher;
    private ServerLauncher.Launched server;

    private KillablePostgres(Path folder, DatabaseCluster cluster, ServerLauncher launcher)
            throws IOException, InterruptedException {
        this.folder = folder;
        this.cluster = cluster;
        this.launcher = launcher;
        this.server = launcher.launch(0);
    }

    /** Starts a server with an empty database, which is gone when the server is closed. */
    public static KillablePostgres start() {
        try {
            Path folder = Files.createTempDirectory("killable-postgres-");
            ThrowawayPostgres.openToServerAccount(folder);
            PostgresBinaries binaries = ThrowawayPostgres.cachedBinaries();
            DatabaseCluster cluster = new DatabaseCluster(folder.resolve("cluster"));
            ServerAccount account = ServerAccount.choose(binaries, folder, cluster.directory());
            cluster.initialize(binaries, account, SETTINGS);
            ServerLog log = new ServerLog(folder.resolve("postgres.log"));
            log.open();
            return new KillablePostgres(folder, cluster, new ServerLauncher(binaries, account, cluster, SETTINGS, log));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
    }

    /** Where the database is, with user and password in it. */
    public String url() {
        try {
            return "jdbc:postgresql://127.0.0.1:%d/%s?user=%s&password=%s"
                    .formatted(
                            server.port(),
                            DatabaseCluster.APPLICATION,
                            DatabaseCluster.APPLICATION,
                            cluster.password());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Ends it with SIGKILL. */
    public void kill() {
        try {
            server.process().destroyForcibly().waitFor();
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
    }

    /** Starts it again where it was, after a kill. */
    public void startAgain() {
        try {
            cluster.endAbandonedServer();
            server = launcher.launch(server.port());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
    }

    @Override
    public void close() {
        try {
            kill();
            FileSystemUtils.deleteRecursively(folder);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static IllegalStateException interrupted(InterruptedException e) {
        Thread.currentThread().interrupt();
        return new IllegalStateException("interrupted while waiting for PostgreSQL", e);
    }
}
