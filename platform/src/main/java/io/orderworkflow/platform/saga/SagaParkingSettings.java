package io.orderworkflow.platform.saga;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * What becomes of a step of a saga that failed.
 *
 * @param retries how often it is tried again by itself before it waits for an operator; faults that pass do not count
 * @param firstInterval before it is tried again for the first time; doubles with every try
 * @param longestInterval what that interval grows to at the most
 */
@ConfigurationProperties("order-workflow.saga.parking")
record SagaParkingSettings(
        @DefaultValue("5") int retries,
        @DefaultValue("1s") Duration firstInterval,
        @DefaultValue("1m") Duration longestInterval) {

    /** How long to wait after that many attempts. */
    Duration intervalAfter(int attempts) {
        Duration doubled = firstInterval.multipliedBy(1L << Math.min(Math.max(attempts, 1) - 1, 30));
        return doubled.compareTo(longestInterval) < 0 ? doubled : longestInterval;
    }
}
