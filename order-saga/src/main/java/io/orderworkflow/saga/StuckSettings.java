package io.orderworkflow.saga;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * When an order or a refund counts as stuck, besides those that wait for a person or are parked.
 *
 * @param overdue by how much its deadline has passed; longer than deadlines are postponed after a start
 * @param attempts how often it asked for what it waits for, and still goes without an answer
 */
@ConfigurationProperties("order-workflow.saga.stuck")
record StuckSettings(
        @DefaultValue("1m") Duration overdue,
        @DefaultValue("3") int attempts) {}
