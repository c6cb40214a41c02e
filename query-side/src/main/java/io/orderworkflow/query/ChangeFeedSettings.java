package io.orderworkflow.query;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How the changes of orders are told.
 *
 * @param kept for how long a change can be asked for at least
 * @param pollInterval how often changes of other processes are looked for, while somebody waits
 */
@ConfigurationProperties("order-workflow.order-changes")
record ChangeFeedSettings(
        @DefaultValue("1h") Duration kept,
        @DefaultValue("75ms") Duration pollInterval) {}
