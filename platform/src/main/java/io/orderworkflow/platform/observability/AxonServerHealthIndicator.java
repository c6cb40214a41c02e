package io.orderworkflow.platform.observability;

import java.util.Map;
import org.axonframework.axonserver.connector.AxonServerConnectionManager;
import org.springframework.boot.health.contributor.AbstractHealthIndicator;
import org.springframework.boot.health.contributor.Health;

/** Tells whether Axon Server can be reached. The one that Axon brings is made for Spring Boot 3 and silently absent. */
final class AxonServerHealthIndicator extends AbstractHealthIndicator {

    private final AxonServerConnectionManager connections;

    AxonServerHealthIndicator(AxonServerConnectionManager connections) {
        super("the connection to Axon Server could not be looked at");
        this.connections = connections;
    }

    @Override
    protected void doHealthCheck(Health.Builder health) {
        Map<String, Boolean> contexts = connections.connections();
        boolean connected = !contexts.isEmpty() && contexts.values().stream().allMatch(Boolean::booleanValue);
        health.status(connected ? "UP" : "DOWN").withDetails(contexts);
    }
}
