package io.orderworkflow.rest;

import java.net.URI;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * Axon Server as people reach it.
 *
 * @param dashboardUrl where a browser finds its dashboard; {@code null} if it is not to be linked to
 */
@ConfigurationProperties("order-workflow.axonserver")
record DashboardProperties(@Nullable URI dashboardUrl) {}
