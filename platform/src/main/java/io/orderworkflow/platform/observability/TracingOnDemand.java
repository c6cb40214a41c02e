package io.orderworkflow.platform.observability;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.autoconfigure.AutoConfigurationImportFilter;
import org.springframework.boot.autoconfigure.AutoConfigurationMetadata;
import org.springframework.context.EnvironmentAware;
import org.springframework.core.env.Environment;

/**
 * Leaves tracing out of a program that has nowhere to send its traces. Spring Boot would set it up all the same, and
 * make spans for every request that nobody ever sees.
 */
final class TracingOnDemand implements AutoConfigurationImportFilter, EnvironmentAware {

    static final String ENDPOINT = "management.opentelemetry.tracing.export.otlp.endpoint";

    private boolean wanted;

    @Override
    public void setEnvironment(Environment environment) {
        wanted = environment.containsProperty(ENDPOINT);
    }

    @Override
    public boolean[] match(@Nullable String[] names, AutoConfigurationMetadata metadata) {
        return match(names);
    }

    boolean[] match(@Nullable String[] names) {
        boolean[] matches = new boolean[names.length];
        for (int i = 0; i < names.length; i++) {
            matches[i] = wanted || !isTracing(names[i]);
        }
        return matches;
    }

    private static boolean isTracing(@Nullable String name) {
        return name != null
                && (name.startsWith("org.springframework.boot.micrometer.tracing.")
                        || name.startsWith("org.springframework.boot.opentelemetry."));
    }
}
