package io.orderworkflow.benchmarks;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** An Axon Server that is started for a measurement. */
final class OwnAxonServer implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofMinutes(5);

    private final Process process;
    private final int port;

    private OwnAxonServer(Process process, int port) {
        this.process = process;
        this.port = port;
    }

    /** Starts it in an empty folder, and waits until it is ready. */
    static OwnAxonServer start(Path jar, Path folder) {
        int http = OwnProgram.freePort();
        int port = OwnProgram.freePort();
        try {
            Process process = new ProcessBuilder(List.of(
                            ProcessHandle.current().info().command().orElse("java"),
                            "-Xmx1g",
                            "-Dgrpc.bind=127.0.0.1",
                            "-jar",
                            jar.toAbsolutePath().toString(),
                            "--server.address=127.0.0.1",
                            "--server.port=" + http,
                            "--axoniq.axonserver.port=" + port,
                            "--axoniq.axonserver.name=axonserver",
                            "--axoniq.axonserver.hostname=127.0.0.1",
                            "--axoniq.axonserver.domain="))
                    .directory(folder.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(folder.resolve("axonserver.log").toFile())
                    .start();
            OwnAxonServer server = new OwnAxonServer(process, port);
            // It opens this port last.
            server.awaitOpen(http);
            return server;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void awaitOpen(int last) {
        long begun = System.nanoTime();
        while (!isOpen(last)) {
            if (!process.isAlive() || System.nanoTime() - begun > PATIENCE.toNanos()) {
                close();
                throw new IllegalStateException("Axon Server did not start; see its axonserver.log");
            }
            Pause.of(Duration.ofMillis(500));
        }
    }

    private static boolean isOpen(int port) {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 500);
            return true;
        } catch (IOException notYet) {
            return false;
        }
    }

    /** Where programs connect. */
    String address() {
        return "127.0.0.1:" + port;
    }

    /** Processor time that it has used. */
    Duration cpu() {
        return process.info().totalCpuDuration().orElse(Duration.ZERO);
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
