package io.orderworkflow.platform.deadletter;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * What becomes of an event that a projection could not handle.
 *
 * @param retries how often it is tried again by itself before it waits for an operator; faults that pass do not count
 * @param firstInterval before it is tried again for the first time; doubles with every try
 * @param longestInterval what that interval grows to at the most
 */
@ConfigurationProperties("order-workflow.dead-letters")
record DeadLetterSettings(
        @DefaultValue("10") int retries,
        @DefaultValue("1s") Duration firstInterval,
        @DefaultValue("5m") Duration longestInterval) {

    /** How long to wait after that many retries. */
    Duration intervalAfter(int retries) {
        Duration doubled = firstInterval.multipliedBy(1L << Math.min(retries, 30));
        return doubled.compareTo(longestInterval) < 0 ? doubled : longestInterval;
    }
}
