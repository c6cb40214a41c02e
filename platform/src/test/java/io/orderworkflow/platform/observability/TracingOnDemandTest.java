package io.orderworkflow.platform.observability;

import static org.assertj.core.api.Assertions.assertThat;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.mock.env.MockEnvironment;

class TracingOnDemandTest {

    private static final @Nullable String[] CANDIDATES = {
        "org.springframework.boot.micrometer.tracing.opentelemetry.autoconfigure.OpenTelemetryTracingAutoConfiguration",
        "org.springframework.boot.opentelemetry.autoconfigure.OpenTelemetrySdkAutoConfiguration",
        "org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration",
        // What an earlier filter has left out.
        null
    };

    private final MockEnvironment environment = new MockEnvironment();

    @Test
    void leavesTracingOutWhereTracesHaveNowhereToGo() {
        assertThat(matches()).containsExactly(false, false, true, true);
    }

    @Test
    void setsTracingUpWhereTracesHaveSomewhereToGo() {
        environment.setProperty(TracingOnDemand.ENDPOINT, "http://localhost:4318/v1/traces");

        assertThat(matches()).containsExactly(true, true, true, true);
    }

    private boolean[] matches() {
        TracingOnDemand filter = new TracingOnDemand();
        filter.setEnvironment(environment);
        return filter.match(CANDIDATES);
    }
}
