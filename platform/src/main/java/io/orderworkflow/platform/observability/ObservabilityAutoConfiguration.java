package io.orderworkflow.platform.observability;

import io.micrometer.core.instrument.MeterRegistry;
import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.context.propagation.TextMapPropagator;
import org.axonframework.axonserver.connector.AxonServerConnectionManager;
import org.axonframework.config.ConfigurerModule;
import org.axonframework.eventhandling.EventProcessor;
import org.axonframework.tracing.NoOpSpanFactory;
import org.axonframework.tracing.SpanFactory;
import org.axonframework.tracing.opentelemetry.OpenTelemetrySpanFactory;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Bean;
import org.springframework.jdbc.core.JdbcTemplate;

/** Metrics, traces and health of the technical parts. */
@AutoConfiguration(
        afterName = {
            "org.springframework.boot.jdbc.autoconfigure.JdbcTemplateAutoConfiguration",
            "org.springframework.boot.micrometer.metrics.autoconfigure.CompositeMeterRegistryAutoConfiguration",
            "org.springframework.boot.opentelemetry.autoconfigure.OpenTelemetrySdkAutoConfiguration"
        },
        beforeName = {
            "org.axonframework.springboot.autoconfig.OpenTelemetryAutoConfiguration",
            "org.axonframework.springboot.autoconfig.AxonTracingAutoConfiguration"
        })
final class ObservabilityAutoConfiguration {

    @Bean
    DatabaseMetrics databaseMetrics(JdbcTemplate jdbc) {
        return new DatabaseMetrics(jdbc);
    }

    @Bean
    ConfigurerModule messageMeters(MeterRegistry registry) {
        return configurer ->
                configurer.configureMessageMonitor(axon -> (type, name) -> EventProcessor.class.isAssignableFrom(type)
                        ? MessageMeters.ofProcessor(name, registry)
                        : MessageMeters.of(name, registry));
    }

    /** Axon would take the global OpenTelemetry, which Spring Boot does not set, and trace nothing. */
    @Bean
    @ConditionalOnProperty(TracingOnDemand.ENDPOINT)
    SpanFactory tracingSpanFactory(OpenTelemetry openTelemetry) {
        TextMapPropagator propagator = openTelemetry.getPropagators().getTextMapPropagator();
        return new JoinedTraces(
                OpenTelemetrySpanFactory.builder()
                        .tracer(openTelemetry.getTracer("axon"))
                        .contextPropagators(propagator)
                        .build(),
                propagator);
    }

    @Bean
    @ConditionalOnMissingBean
    SpanFactory silentSpanFactory() {
        return NoOpSpanFactory.INSTANCE;
    }

    @Bean
    @ConditionalOnProperty(name = "axon.axonserver.enabled", matchIfMissing = true)
    AxonServerHealthIndicator axonServerHealthIndicator(AxonServerConnectionManager connections) {
        return new AxonServerHealthIndicator(connections);
    }
}
