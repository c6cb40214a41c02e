package io.orderworkflow.platform.postgres;

import java.nio.file.Path;
import java.util.Map;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * What can be set about the embedded PostgreSQL.
 *
 * @param embedded whether to start it at all when no {@code spring.datasource.url} is given
 * @param dataDirectory folder for everything it needs: data, programs, log, lock. Deleting it starts anew with nothing.
 * @param port port on the loopback interface; 0 takes a free one at every start
 * @param settings server settings by name ({@code shared-buffers: 512MB}), which win over the ones chosen here
 */
@ConfigurationProperties("order-workflow.postgres")
record EmbeddedPostgresProperties(
        @DefaultValue("true") boolean embedded,
        @DefaultValue("./data/postgres") Path dataDirectory,
        @DefaultValue("0") int port,
        @DefaultValue Map<String, String> settings) {}
