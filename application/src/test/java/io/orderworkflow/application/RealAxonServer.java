package io.orderworkflow.application;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.testcontainers.DockerClientFactory;

/**
 * A real Axon Server to test with: one that is running, whose address is in the environment variable {@value #ADDRESS};
 * or one that is started from the jar that {@value #JAR} names; or one in a container, where there is Docker.
 *
 * <p>What this class itself starts from the jar can be killed and started again.
 */
final class RealAxonServer implements AutoCloseable {

    static final String ADDRESS = "ORDER_WORKFLOW_TEST_AXONSERVER";
    static final String JAR = "ORDER_WORKFLOW_TEST_AXONSERVER_JAR";

    private static @Nullable String shared;

    private final HttpClient http = HttpClient.newHttpClient();
    private final Path folder;
    private final List<String> settings;
    private final int httpPort = RunningProgram.freePort();
    private final int grpcPort = RunningProgram.freePort();
    private Process process;

    private RealAxonServer(Path folder, List<String> settings) {
        this.folder = folder;
        this.settings = settings;
        this.process = launch();
    }

    /** Where one answers that all tests of this JVM share, as host and port. */
    static synchronized String sharedAddress() {
        String running = System.getenv(ADDRESS);
        if (running != null) {
            return running;
        }
        String address = shared;
        if (address == null) {
            address = System.getenv(JAR) == null ? AxonServerInDocker.start() : ofThisJvm();
            shared = address;
        }
        return address;
    }

    private static String ofThisJvm() {
        try {
            RealAxonServer server = start(Files.createTempDirectory("axonserver-"));
            Runtime.getRuntime().addShutdownHook(new Thread(server::close));
            return server.address();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Starts one from the jar.
     *
     * @param folder where it keeps its data
     * @param settings of Axon Server, such as {@code --axoniq.axonserver.accesscontrol.enabled=true}
     */
    static RealAxonServer start(Path folder, String... settings) {
        RealAxonServer server = new RealAxonServer(folder, List.of(settings));
        server.awaitReady();
        return server;
    }

    private Process launch() {
        List<String> command = new ArrayList<>(List.of(
                RunningProgram.JAVA,
                "-Xmx512m",
                "-XX:+UseSerialGC",
                "-Dgrpc.bind=127.0.0.1",
                "-jar",
                Path.of(System.getenv(JAR)).toAbsolutePath().toString(),
                "--server.port=" + httpPort,
                "--server.address=127.0.0.1",
                "--axoniq.axonserver.port=" + grpcPort,
                "--axoniq.axonserver.name=axonserver",
                "--axoniq.axonserver.hostname=127.0.0.1",
                "--axoniq.axonserver.domain="));
        command.addAll(settings);
        try {
            return new ProcessBuilder(command)
                    .directory(folder.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.appendTo(
                            folder.resolve("axonserver.log").toFile()))
                    .start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void awaitReady() {
        await("Axon Server, see " + folder.resolve("axonserver.log"))
                .atMost(Duration.ofMinutes(5))
                .failFast(() -> assertThat(process.isAlive()).isTrue())
                .until(() -> isOpen(grpcPort) && isOpen(httpPort));
    }

    /** It opens its ports when it is ready, the one for HTTP last. */
    private static boolean isOpen(int port) {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 500);
            return true;
        } catch (IOException notYet) {
            return false;
        }
    }

    /** Where programs connect, as host and port. */
    String address() {
        return "127.0.0.1:" + grpcPort;
    }

    /** Where the dashboard is. */
    URI dashboard() {
        return URI.create("http://127.0.0.1:" + httpPort);
    }

    HttpResponse<String> get(String pathAndQuery, String... headers) {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(URI.create(dashboard() + pathAndQuery)).timeout(Duration.ofSeconds(30));
        if (headers.length > 0) {
            request.headers(headers);
        }
        try {
            return http.send(request.build(), BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** Ends it with SIGKILL. */
    void kill() {
        process.destroyForcibly();
        awaitEnd();
    }

    /** Starts it again, with the same data and at the same place. */
    void startAgain() {
        process = launch();
        awaitReady();
    }

    @Override
    public void close() {
        process.destroy();
        awaitEnd();
    }

    private void awaitEnd() {
        await().atMost(Duration.ofMinutes(1)).until(() -> !process.isAlive());
    }

    /** Skips tests, and says so, where no Axon Server is at hand. */
    static final class Required implements ExecutionCondition {

        @Override
        public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
            return System.getenv(ADDRESS) != null
                            || System.getenv(JAR) != null
                            || DockerClientFactory.instance().isDockerAvailable()
                    ? ConditionEvaluationResult.enabled("there is an Axon Server")
                    : ConditionEvaluationResult.disabled("no Axon Server, and no Docker to run one: set " + ADDRESS
                            + " to the host:port of one, or " + JAR + " to its jar");
        }
    }

    /** Skips tests that start and kill Axon Server themselves, and says so, where its jar is not at hand. */
    static final class JarRequired implements ExecutionCondition {

        @Override
        public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
            return System.getenv(JAR) != null
                    ? ConditionEvaluationResult.enabled("there is an Axon Server to start and to kill")
                    : ConditionEvaluationResult.disabled(
                            "no Axon Server that could be started and killed: set " + JAR + " to its jar");
        }
    }
}
