package io.orderworkflow.order;

import io.orderworkflow.platform.ConditionalOnRole;
import io.orderworkflow.platform.Role;
import io.orderworkflow.platform.store.AggregateCache;
import org.axonframework.common.caching.Cache;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;

/** The part of the program that decides on orders. */
@AutoConfiguration
@ConditionalOnRole(Role.ORDER)
@Import(Order.class)
final class OrderConfiguration {

    @Bean
    Cache orderCache(@Value("${order-workflow.order.cache-size:5000}") long size) {
        return new AggregateCache(size);
    }
}
