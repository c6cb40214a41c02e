package io.orderworkflow.platform.projection;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How read models are rebuilt.
 *
 * @param batchSize the most events that are handled in one transaction
 * @param lag how many events a generation may be behind the last one to be called filled
 * @param interval how often a node looks after rebuilds
 * @param patience how long live read models may stand still for a switch, and how long it may take to tell rows that are
 *     late from those that are wrong
 */
@ConfigurationProperties("order-workflow.rebuild")
public record RebuildSettings(
        @DefaultValue("2000") int batchSize,
        @DefaultValue("1000") int lag,
        @DefaultValue("1s") Duration interval,
        @DefaultValue("2s") Duration patience) {}
