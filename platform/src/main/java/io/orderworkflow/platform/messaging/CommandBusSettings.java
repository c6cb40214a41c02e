package io.orderworkflow.platform.messaging;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How commands are handled in this process.
 *
 * @param lanes threads that handle commands, each those of its own aggregates
 * @param groupSize the most commands that are handled in one transaction
 * @param waitingPerLane how many commands may wait for one lane; further ones are refused for the moment
 * @param secondsToFinish how long a stopping process waits for what is being handled
 */
@ConfigurationProperties("order-workflow.commands")
record CommandBusSettings(
        @DefaultValue("2") int lanes,
        @DefaultValue("250") int groupSize,
        @DefaultValue("10000") int waitingPerLane,
        @DefaultValue("20") int secondsToFinish) {}
