package io.orderworkflow.rest;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How patient the HTTP interface is.
 *
 * @param commandTimeout how long a command may take before its outcome counts as unknown
 * @param queryTimeout how long a query may take
 * @param catalogueTimeout how long a stated product may take to be seen in the catalogue
 * @param orderTimeout how long an order that is not seen is waited for, as it may have been accepted just now
 * @param dispatchThreads how many commands and queries are handed over at once; a local query is answered on them
 * @param dispatchBacklog how many may wait to be handed over before more are turned away
 */
@ConfigurationProperties("order-workflow.rest")
record RestProperties(
        @DefaultValue("10s") Duration commandTimeout,
        @DefaultValue("10s") Duration queryTimeout,
        @DefaultValue("5s") Duration catalogueTimeout,
        @DefaultValue("1s") Duration orderTimeout,
        @DefaultValue("16") int dispatchThreads,
        @DefaultValue("1000") int dispatchBacklog) {

    /** Longer than any answer can take by the limits above: whatever passes it hangs. */
    Duration requestTimeout() {
        return WaitPreference.LONGEST
                .plus(commandTimeout)
                .plus(queryTimeout.multipliedBy(3))
                .plus(catalogueTimeout)
                .plus(orderTimeout);
    }
}
