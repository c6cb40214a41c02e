package io.orderworkflow.platform.postgres;

import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * Brings up a server on a cluster and says when it can be used.
 *
 * @param binaries its programs
 * @param account under which it runs
 * @param cluster its data
 * @param settings server settings
 * @param log where it writes to
 */
record ServerLauncher(
        PostgresBinaries binaries,
        ServerAccount account,
        DatabaseCluster cluster,
        Map<String, String> settings,
        ServerLog log) {

    /** After a crash the server first reads the log since the last checkpoint, which a slow disk takes a while for. */
    private static final Duration START_LIMIT = Duration.ofMinutes(10);

    /** How long to try when something is in the way that should be gone in a moment. */
    private static final Duration RETRY_LIMIT = Duration.ofSeconds(20);

    /**
     * A server that accepts connections.
     *
     * @param process its first process, a child of this program
     * @param port its port on the loopback interface
     */
    record Launched(Process process, int port) {}

    /** Starts a server on the given port, or on a free one if that is 0. */
    Launched launch(int configuredPort) throws IOException, InterruptedException {
        long begun = System.nanoTime();
        while (true) {
            int port = configuredPort == 0 ? freePort() : configuredPort;
            long written = log.size();
            Optional<Process> server = start(port);
            if (server.isPresent()) {
                return new Launched(server.get(), port);
            }
            String complaint = log.since(written);
            boolean passing = saysPortIsTaken(complaint) ? configuredPort == 0 : saysRemainsAreInTheWay(complaint);
            if (!passing || System.nanoTime() - begun > RETRY_LIMIT.toNanos()) {
                throw refusal(configuredPort, complaint);
            }
            TimeUnit.MILLISECONDS.sleep(100);
            // Its program may have been killed so early that the server showed up only now.
            cluster.endAbandonedServer();
        }
    }

    /** Free now; if another program takes it first, the server will say so, and another one is tried. */
    static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private Optional<Process> start(int port) throws IOException, InterruptedException {
        ProcessBuilder builder = account.command(cluster.serverCommand(binaries, port, settings));
        builder.command().addAll(0, ownSession());
        Process process = builder.redirectInput(new File("/dev/null"))
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.file().toFile()))
                .directory(cluster.folder().toFile())
                .start();
        boolean ready = false;
        try {
            ready = becomesReady(process);
        } finally {
            if (!ready) {
                process.destroyForcibly();
            }
        }
        return ready ? Optional.of(process) : Optional.empty();
    }

    /**
     * A terminal sends Ctrl-C to every process of its session's foreground group; the server must not get it, or it would
     * end while the program still writes down what it was doing. macOS has no {@code setsid} but has Perl.
     */
    static List<String> ownSession() {
        if (Command.exists("setsid")) {
            return List.of("setsid");
        }
        return Command.exists("perl")
                ? List.of("perl", "-e", "use POSIX; POSIX::setsid(); exec { $ARGV[0] } @ARGV or die $!")
                : List.of();
    }

    private boolean becomesReady(Process process) throws IOException, InterruptedException {
        long begun = System.nanoTime();
        while (!process.waitFor(10, TimeUnit.MILLISECONDS)) {
            if (PostmasterPid.read(cluster.directory())
                    .filter(file -> file.pid() == process.pid() && file.ready())
                    .isPresent()) {
                return true;
            }
            if (System.nanoTime() - begun > START_LIMIT.toNanos()) {
                return false;
            }
        }
        return false;
    }

    private static boolean saysPortIsTaken(String complaint) {
        return complaint.contains("could not bind");
    }

    /** A server that was ended a moment ago, or processes of one that was killed. */
    private static boolean saysRemainsAreInTheWay(String complaint) {
        return complaint.contains("pre-existing shared memory block")
                || complaint.contains("lock file \"postmaster.pid\" already exists");
    }

    private EmbeddedPostgresException refusal(int configuredPort, String complaint) {
        if (saysPortIsTaken(complaint)) {
            return new EmbeddedPostgresException(
                    "Port %d on 127.0.0.1, meant for the embedded PostgreSQL, is taken by another program."
                            .formatted(configuredPort),
                    "Free it, or set order-workflow.postgres.port to another one, or to 0 for any free one.");
        }
        return new EmbeddedPostgresException(
                "PostgreSQL does not start: " + ServerLog.reason(complaint),
                "The whole story is in %s. Correct that and start the program again, or set spring.datasource.url to a"
                                .formatted(log.file())
                        + " PostgreSQL of your own.");
    }
}
