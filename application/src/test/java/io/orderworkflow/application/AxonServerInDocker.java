package io.orderworkflow.application;

import java.time.Duration;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.containers.wait.strategy.Wait;
import org.testcontainers.utility.DockerImageName;

/** An Axon Server in a container, the same one as in docker-compose.yml. Testcontainers ends it with this JVM. */
final class AxonServerInDocker {

    private static final DockerImageName IMAGE = DockerImageName.parse("axoniq/axonserver:4.6.10-jdk-17-dev-nonroot");
    private static final int HTTP = 8024;
    private static final int GRPC = 8124;

    private AxonServerInDocker() {}

    /** Starts it, and says where it answers, as host and port. */
    @SuppressWarnings("resource") // Lives as long as this JVM.
    static String start() {
        GenericContainer<?> container = new GenericContainer<>(IMAGE)
                .withExposedPorts(HTTP, GRPC)
                // Programs are told to come back to this name, which has to be theirs for it.
                .withEnv("AXONIQ_AXONSERVER_HOSTNAME", "localhost")
                .waitingFor(Wait.forHttp("/actuator/health").forPort(HTTP).withStartupTimeout(Duration.ofMinutes(3)));
        container.start();
        return container.getHost() + ":" + container.getMappedPort(GRPC);
    }
}
