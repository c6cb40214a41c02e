package io.orderworkflow.rest;

import java.time.Duration;
import java.util.List;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How patient the HTTP interface is.
 *
 * @param commandTimeout how long a command may take before its outcome counts as unknown
 * @param queryTimeout how long a query may take
 * @param catalogueTimeout how long a stated product may take to be seen in the catalogue
 * @param orderTimeout how long an order that is not seen is waited for, as it may have been accepted just now
 * @param lookAgain how often a state that is waited for is looked at, for the case that no update tells of it
 * @param consistencyWait how long a query waits for what it has to see, if it does not say
 * @param requestTimeout how long an answer may take in all, a client's wish to wait included: longer than the limits
 *     above add up to, for what hangs in spite of them
 * @param dispatchThreads how many commands and queries are handed over at once; a local query is answered on them
 * @param dispatchBacklog how many may wait to be handed over before more are turned away
 * @param admission when orders are turned away
 * @param streams streams of events
 */
@ConfigurationProperties("order-workflow.rest")
record RestProperties(
        @DefaultValue("10s") Duration commandTimeout,
        @DefaultValue("10s") Duration queryTimeout,
        @DefaultValue("5s") Duration catalogueTimeout,
        @DefaultValue("1s") Duration orderTimeout,
        @DefaultValue("3s") Duration lookAgain,
        @DefaultValue("2s") Duration consistencyWait,
        @DefaultValue("90s") Duration requestTimeout,
        @DefaultValue("16") int dispatchThreads,
        @DefaultValue("1000") int dispatchBacklog,
        @DefaultValue Admission admission,
        @DefaultValue Streams streams) {

    /**
     * When orders are turned away.
     *
     * @param processors the names of the event processors that have to keep up
     * @param mostEventsBehind how many events each of them may be behind; 0 to turn no order away
     */
    record Admission(
            @DefaultValue({"order-processing", "order-view"})
            List<String> processors,

            @DefaultValue("1500") long mostEventsBehind) {}

    /**
     * Streams of events.
     *
     * @param most how many this process keeps open
     * @param heartbeat how often each of them is written to, if nothing happens
     */
    record Streams(
            @DefaultValue("4000") int most,
            @DefaultValue("15s") Duration heartbeat) {}
}
