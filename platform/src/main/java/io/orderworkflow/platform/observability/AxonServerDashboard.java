package io.orderworkflow.platform.observability;

import java.net.URI;
import java.util.Collection;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * Axon Server as people reach it.
 *
 * @param dashboardUrl where a browser finds its dashboard; {@code null} if it is not to be linked to
 */
@ConfigurationProperties("order-workflow.axonserver")
public record AxonServerDashboard(@Nullable URI dashboardUrl) {

    /** How to find there what requests have caused; {@code null} if the dashboard is not to be linked to. */
    public @Nullable Search searchFor(Collection<@Nullable String> correlationIds) {
        String query = correlationIds.stream()
                .filter(Objects::nonNull)
                .distinct()
                .map("metaData.correlationId = \"%s\""::formatted)
                .collect(Collectors.joining(" or "));
        return dashboardUrl == null || query.isEmpty() ? null : new Search(dashboardUrl.resolve("#query"), query);
    }

    /**
     * A search in the dashboard. The page takes no query in its address.
     *
     * @param page the page to search on
     * @param query what to enter there, with a time window that begins before what is searched for
     */
    public record Search(URI page, String query) {}
}
