package io.orderworkflow.platform.postgres;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A PostgreSQL server that belongs to this program: started with it, stopped with it, everything of it in one folder.
 *
 * <p>A server left behind by a killed program is ended and started anew rather than taken over: so it always runs with
 * today's settings and programs, and is always this program's own child.
 */
final class EmbeddedPostgres implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(EmbeddedPostgres.class);

    /**
     * No acknowledged order may be lost, so the first three are said although they are the server's own defaults. The
     * others fit many small transactions: few checkpoints, since each makes the log grow; frequent vacuum, since tokens
     * and read models change the same rows again and again.
     */
    private static final Map<String, String> SETTINGS = Map.of(
            "fsync", "on",
            "synchronous_commit", "on",
            "full_page_writes", "on",
            "shared_buffers", "256MB",
            "max_connections", "100",
            "max_wal_size", "4GB",
            "checkpoint_timeout", "15min",
            "autovacuum_naptime", "10s");

    private final DataFolderLock lock;
    private final Postmaster postmaster;
    private final int port;
    private final String password;

    /** Says so if the server ends before it is told to. */
    private final Future<?> watch;

    /** Goes on when the server is up, for nothing waits for it. */
    private final Thread keeper;

    private EmbeddedPostgres(
            DataFolderLock lock,
            DatabaseCluster cluster,
            ServerLauncher.Launched server,
            ServerLog serverLog,
            String password,
            PostgresBinaries binaries) {
        this.lock = lock;
        this.postmaster = new Postmaster(server.process().pid(), cluster.directory());
        this.watch = server.process().onExit().thenAccept(process -> reportEnd(process, serverLog));
        this.port = server.port();
        this.password = password;
        this.keeper = new Thread(() -> keep(binaries), "embedded-postgres-keep");
        keeper.setDaemon(true);
        keeper.start();
    }

    static EmbeddedPostgres start(EmbeddedPostgresProperties properties) {
        Path folder = properties.dataDirectory().toAbsolutePath().normalize();
        try {
            Files.createDirectories(folder);
            return start(folder.toRealPath(), properties);
        } catch (IOException failure) {
            throw new EmbeddedPostgresException(
                    "The embedded PostgreSQL cannot use the data folder %s: %s.".formatted(folder, reason(failure)),
                    "Correct that and start the program again, or give it another folder"
                            + " with --order-workflow.postgres.data-directory=<folder>.",
                    failure);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new EmbeddedPostgresException(
                    "The start of the embedded PostgreSQL was interrupted.", "Start the program again.", interrupted);
        }
    }

    private static String reason(IOException failure) {
        if (failure instanceof AccessDeniedException denied) {
            return "no access to " + denied.getFile();
        }
        if (failure instanceof FileAlreadyExistsException inTheWay) {
            return inTheWay.getFile() + " is in the way";
        }
        return String.valueOf(failure.getMessage());
    }

    private static EmbeddedPostgres start(Path folder, EmbeddedPostgresProperties properties)
            throws IOException, InterruptedException {
        DataFolderLock lock = DataFolderLock.acquire(folder);
        boolean started = false;
        try {
            EmbeddedPostgres postgres = start(folder, lock, properties);
            started = true;
            return postgres;
        } finally {
            if (!started) {
                lock.close();
            }
        }
    }

    private static EmbeddedPostgres start(Path folder, DataFolderLock lock, EmbeddedPostgresProperties properties)
            throws IOException, InterruptedException {
        long begun = System.nanoTime();
        DatabaseCluster cluster = new DatabaseCluster(folder.resolve("cluster"));
        // Before anything else is touched, for it may still write, and use the programs of an earlier version.
        cluster.endAbandonedServer();
        PostgresBinaries binaries = PostgresBinaries.unpackInto(folder);
        binaries.deleteOthers();
        cluster.deleteUnfinished();

        Map<String, String> settings = settings(properties);
        ServerAccount account = ServerAccount.choose(binaries, folder, cluster.directory());
        if (cluster.exists()) {
            account.handOver(cluster.directory());
        } else {
            cluster.initialize(binaries, account, settings);
        }
        String password = cluster.password();
        ServerLog serverLog = new ServerLog(folder.resolve("postgres.log"));
        serverLog.open();
        ServerLauncher.Launched server =
                new ServerLauncher(binaries, account, cluster, settings, serverLog).launch(properties.port());

        EmbeddedPostgres postgres = new EmbeddedPostgres(lock, cluster, server, serverLog, password, binaries);
        log.info(
                "PostgreSQL is up on 127.0.0.1:{} with its data in {} ({} ms)",
                server.port(),
                folder,
                TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begun));
        return postgres;
    }

    private static Map<String, String> settings(EmbeddedPostgresProperties properties) {
        Map<String, String> settings = new TreeMap<>(SETTINGS);
        // PostgreSQL's names have underscores, which property names cannot have without brackets.
        properties.settings().forEach((name, value) -> settings.put(name.replace('-', '_'), value));
        return settings;
    }

    private static void keep(PostgresBinaries binaries) {
        try {
            binaries.keep();
        } catch (IOException failure) {
            log.warn("PostgreSQL's programs will be unpacked again at the next start: {}", reason(failure));
        }
    }

    private static void reportEnd(Process server, ServerLog serverLog) {
        log.error(
                "PostgreSQL has ended by itself (exit code {}); see {}, and start the program again",
                server.exitValue(),
                serverLog.file());
    }

    String jdbcUrl() {
        return "jdbc:postgresql://127.0.0.1:%d/%s".formatted(port, DatabaseCluster.APPLICATION);
    }

    String password() {
        return password;
    }

    @Override
    public void close() throws IOException {
        watch.cancel(false);
        try {
            postmaster.end();
            keeper.join();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            log.warn("Interrupted while PostgreSQL was stopping; it goes on stopping by itself");
        } finally {
            lock.close();
        }
    }
}
