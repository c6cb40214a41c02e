package io.orderworkflow.order;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How long carts live.
 *
 * @param expiry how long a cart is kept without being changed
 * @param commandTimeout for the orders that a batch of check-outs becomes to be placed
 * @param cacheSize how many carts are kept in memory
 */
@ConfigurationProperties("order-workflow.cart")
record CartSettings(
        @DefaultValue("30m") Duration expiry,
        @DefaultValue("5s") Duration commandTimeout,
        @DefaultValue("5000") long cacheSize) {}
