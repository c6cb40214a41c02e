package io.orderworkflow.application;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.axoniq.axonserver.connector.AxonServerConnectionFactory;
import io.axoniq.axonserver.connector.impl.ServerAddress;
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
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
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

    /** Two programs on one server would be asked for each other's orders: each suite has one for itself. */
    private static final Map<Class<?>, String> OWN = new HashMap<>();

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

    /** Where one answers that is running already, and has nothing in it yet; or else one of that suite's own. */
    static String emptyFor(Class<?> suite) {
        String running = System.getenv(ADDRESS);
        return running == null ? ownOf(suite) : running;
    }

    /** Where one answers that is there for that suite alone, as host and port. It ends with this JVM. */
    static synchronized String ownOf(Class<?> suite) {
        return OWN.computeIfAbsent(suite, any -> System.getenv(JAR) == null ? AxonServerInDocker.start() : ofThisJvm());
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

    /** Events that are stored in one that is running already. */
    private static long eventsAt(String address) throws Exception {
        URI server = URI.create("axonserver://" + address);
        AxonServerConnectionFactory factory = AxonServerConnectionFactory.forClient("tests")
                .routingServers(new ServerAddress(server.getHost(), server.getPort()))
                .build();
        try {
            return 1 + factory.connect("default").eventChannel().getLastToken().get(30, TimeUnit.SECONDS);
        } finally {
            factory.shutdown();
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
        try {
            server.awaitReady();
        } catch (RuntimeException notStarted) {
            server.kill();
            throw notStarted;
        }
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
                .atMost(Duration.ofMinutes(10))
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

    /** Skips tests, and says so, where no Axon Server is at hand, or the one that is has events in it. */
    static final class EmptyRequired implements ExecutionCondition {

        @Override
        public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
            String running = System.getenv(ADDRESS);
            if (running != null && context.getTestMethod().isEmpty()) {
                return judge(running);
            }
            return running != null || canStartOne()
                    ? ConditionEvaluationResult.enabled("there is an Axon Server")
                    : ConditionEvaluationResult.disabled("no Axon Server, and no Docker to run one: set " + ADDRESS
                            + " to the host:port of an empty one, or " + JAR + " to its jar");
        }

        private static ConditionEvaluationResult judge(String running) {
            try {
                long events = eventsAt(running);
                return events == 0
                        ? ConditionEvaluationResult.enabled("there is an empty Axon Server")
                        : ConditionEvaluationResult.disabled("the Axon Server at " + running + " has " + events
                                + " events in it, as of an earlier run: these tests need one that is empty");
            } catch (Exception e) {
                throw new IllegalStateException("no Axon Server answers at " + running, e);
            }
        }
    }

    /** Skips tests, and says so, where none can be started for them alone. */
    static final class OwnRequired implements ExecutionCondition {

        @Override
        public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
            return canStartOne()
                    ? ConditionEvaluationResult.enabled("an Axon Server can be started")
                    : ConditionEvaluationResult.disabled(
                            "no Axon Server that other tests do not use: set " + JAR + " to its jar, or run Docker");
        }
    }

    private static boolean canStartOne() {
        return System.getenv(JAR) != null || DockerClientFactory.instance().isDockerAvailable();
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
