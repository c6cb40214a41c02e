package io.orderworkflow.platform.store;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * Who this process is among those that share a database.
 *
 * @param id unique among the living processes; made up at every start unless it is set. Axon's default, the process id
 *     and the host name, is the same in two containers, which would then both own every token.
 */
@ConfigurationProperties("order-workflow.node")
public record NodeSettings(String id) {

    /** How long the token of a dead node stays claimed. */
    public static final Duration CLAIM_TIMEOUT = Duration.ofSeconds(10);

    /** Creates the settings, with a unique identifier where none is given. */
    public NodeSettings(@Nullable String id) {
        this.id = id != null && !id.isBlank()
                ? id
                : hostName() + "-" + UUID.randomUUID().toString().substring(0, 8);
    }

    private static String hostName() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException e) {
            return "node";
        }
    }
}
