package io.orderworkflow.saga;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How long the saga waits.
 *
 * @param reservationTimeout for the answers of all SKUs of an order
 * @param paymentTimeout for the payment to be authorised, and once more for the money to be taken
 * @param repeatInterval before what must be done to the end is asked for again; doubles with every repeat
 * @param longestRepeatInterval what that interval grows to at the most
 * @param refundRetries how often a refund that the provider refused is asked for again, before it is left to a person
 * @param commandTimeout for the commands of a batch of events to be handled
 */
@ConfigurationProperties("order-workflow.saga")
record OrderSagaSettings(
        @DefaultValue("30s") Duration reservationTimeout,
        @DefaultValue("2m") Duration paymentTimeout,
        @DefaultValue("30s") Duration repeatInterval,
        @DefaultValue("10m") Duration longestRepeatInterval,
        @DefaultValue("5") int refundRetries,
        @DefaultValue("5s") Duration commandTimeout) {}
