package io.orderworkflow.platform.postgres;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * A PostgreSQL server that serves one cluster, known by what it is rather than by its pid alone: pids are reused, and
 * whoever signals the wrong one ends somebody else's program.
 */
record Postmaster(long pid, Path cluster) {

    private static final Path PROC = Path.of("/proc");

    /** Disconnects clients, writes everything down and ends. */
    private static final String FAST_SHUTDOWN = "INT";

    /** Ends at once; the next start recovers from the write-ahead log. */
    private static final String IMMEDIATE_SHUTDOWN = "QUIT";

    /** The server that the cluster's pid file names, if it runs and is indeed this cluster's. */
    static Optional<Postmaster> of(Path cluster) throws IOException {
        return PostmasterPid.read(cluster)
                .map(file -> new Postmaster(file.pid(), cluster))
                .filter(Postmaster::isRunning);
    }

    boolean isRunning() {
        return Files.exists(PROC.resolve("self/stat")) ? isRunningByProc() : isRunningByHandle();
    }

    private boolean isRunningByProc() {
        Path process = PROC.resolve(Long.toString(pid));
        try {
            if (!Files.readString(process.resolve("comm")).strip().equals("postgres") || isZombie(process)) {
                return false;
            }
            try {
                // The server changes into its data directory, and the link leads to it whatever its path is called.
                return Files.isSameFile(process.resolve("cwd"), cluster);
            } catch (AccessDeniedException otherAccount) {
                // Root without the right to trace, as in a container, may not follow the link of another account.
                String arguments = Files.readString(process.resolve("cmdline"), StandardCharsets.ISO_8859_1);
                return isServerOfCluster(Arrays.asList(arguments.split("\0")));
            }
        } catch (IOException gone) {
            return false;
        }
    }

    /** A killed server whose parent has not noticed yet still has a pid, but holds nothing any more. */
    private static boolean isZombie(Path process) throws IOException {
        String stat = Files.readString(process.resolve("stat"), StandardCharsets.ISO_8859_1);
        char state = stat.charAt(stat.lastIndexOf(')') + 2);
        return state == 'Z' || state == 'X';
    }

    private boolean isRunningByHandle() {
        return ProcessHandle.of(pid)
                .filter(ProcessHandle::isAlive)
                .map(ProcessHandle::info)
                .filter(info -> info.command()
                        .filter(command -> command.endsWith("/postgres"))
                        .isPresent())
                .flatMap(ProcessHandle.Info::arguments)
                .filter(arguments -> isServerOfCluster(Arrays.asList(arguments)))
                .isPresent();
    }

    private boolean isServerOfCluster(List<String> arguments) {
        int option = arguments.indexOf("-D");
        return option >= 0
                && option + 1 < arguments.size()
                && arguments.get(option + 1).equals(cluster.toString());
    }

    /** Ends the server, gently if it lets itself be, and returns when it is gone. */
    void end() throws IOException, InterruptedException {
        boolean ended = endBy(FAST_SHUTDOWN, Duration.ofSeconds(60))
                || endBy(IMMEDIATE_SHUTDOWN, Duration.ofSeconds(10))
                || endBy("KILL", Duration.ofSeconds(10));
        if (!ended) {
            throw new EmbeddedPostgresException(
                    "The PostgreSQL server that already runs on %s (process %d) does not end.".formatted(cluster, pid),
                    "End it, and start the program again.");
        }
    }

    private boolean endBy(String signal, Duration patience) throws IOException, InterruptedException {
        long begun = System.nanoTime();
        if (isRunning()) {
            send(signal);
        }
        while (isRunning()) {
            if (System.nanoTime() - begun > patience.toNanos()) {
                return false;
            }
            TimeUnit.MILLISECONDS.sleep(10);
        }
        return true;
    }

    /** Java can only send TERM, on which a server waits for its clients, and KILL. The shell's own kill is everywhere. */
    private void send(String signal) throws IOException, InterruptedException {
        new ProcessBuilder("sh", "-c", "kill -s \"$0\" \"$1\"", signal, Long.toString(pid))
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start()
                .waitFor();
    }
}
