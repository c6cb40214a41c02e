package io.orderworkflow.platform.messaging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.orderworkflow.platform.PlatformNode;
import io.orderworkflow.platform.postgres.ThrowawayPostgres;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.List;
import org.axonframework.commandhandling.CommandHandler;
import org.axonframework.commandhandling.gateway.CommandGateway;
import org.axonframework.config.EventProcessingConfiguration;
import org.axonframework.config.ProcessingGroup;
import org.axonframework.eventhandling.EventHandler;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A process that is started for the first time while its Axon Server is away. */
@Timeout(120)
class AxonServerAwayIT {

    private static PlatformNode node;

    @BeforeAll
    static void startNode() throws IOException {
        node = PlatformNode.with(
                List.of("axon.axonserver.enabled=true", "axon.axonserver.servers=127.0.0.1:" + portOfNobody()),
                ThrowawayPostgres.newDatabase(),
                Handler.class);
    }

    @AfterAll
    static void stopNode() {
        node.close();
    }

    private static int portOfNobody() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    @Test
    void startsItsProcessorsAllTheSame() {
        assertThat(node.get(EventProcessingConfiguration.class)
                        .eventProcessor("greetings")
                        .orElseThrow()
                        .isRunning())
                .isTrue();
    }

    @Test
    void tellsThatACommandWasNotSent() {
        CommandGateway commands = node.get(CommandGateway.class);

        Throwable failure = catchThrowable(() -> commands.sendAndWait("greet"));

        assertThat(TransientFailures.isUndelivered(failure)).as("%s", failure).isTrue();
    }

    @ProcessingGroup("greetings")
    static class Handler {

        @CommandHandler
        String handle(String greeting) {
            return greeting;
        }

        @EventHandler
        void on(String greeting) {}
    }
}
