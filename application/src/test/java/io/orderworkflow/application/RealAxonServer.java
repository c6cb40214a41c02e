package io.orderworkflow.application;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * A real Axon Server to test with: one that is running, whose address is in the environment variable {@value #ADDRESS},
 * or one that is started for the tests of this JVM from the jar that {@value #JAR} names.
 */
final class RealAxonServer {

    static final String ADDRESS = "ORDER_WORKFLOW_TEST_AXONSERVER";
    static final String JAR = "ORDER_WORKFLOW_TEST_AXONSERVER_JAR";

    private static @Nullable String started;

    private RealAxonServer() {}

    /** Where it answers, as host and port. */
    static synchronized String address() {
        String running = System.getenv(ADDRESS);
        if (running != null) {
            return running;
        }
        if (started == null) {
            started = start(Path.of(System.getenv(JAR)).toAbsolutePath());
        }
        return started;
    }

    private static String start(Path jar) {
        try {
            Path folder = Files.createTempDirectory("axonserver-");
            int port = freePort();
            Process process = new ProcessBuilder(List.of(
                            Path.of(System.getProperty("java.home"), "bin", "java")
                                    .toString(),
                            "-Xmx512m",
                            "-jar",
                            jar.toString(),
                            "--server.port=" + freePort(),
                            "--server.address=127.0.0.1",
                            "--axoniq.axonserver.port=" + port,
                            "--axoniq.axonserver.hostname=127.0.0.1"))
                    .directory(folder.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(folder.resolve("axonserver.log").toFile())
                    .start();
            Runtime.getRuntime().addShutdownHook(new Thread(process::destroy));
            await().atMost(Duration.ofMinutes(2)).until(() -> answers(port));
            return "127.0.0.1:" + port;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static boolean answers(int port) {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 500);
            return true;
        } catch (IOException notYet) {
            return false;
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    /** Skips tests, and says so, where no Axon Server is at hand. */
    static final class Required implements ExecutionCondition {

        @Override
        public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
            return System.getenv(ADDRESS) != null || System.getenv(JAR) != null
                    ? ConditionEvaluationResult.enabled("there is an Axon Server")
                    : ConditionEvaluationResult.disabled(
                            "no Axon Server: set " + ADDRESS + " to its host:port, or " + JAR + " to its jar");
        }
    }
}
