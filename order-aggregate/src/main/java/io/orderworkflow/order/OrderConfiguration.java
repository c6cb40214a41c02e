package io.orderworkflow.order;

import io.orderworkflow.platform.ConditionalOnRole;
import io.orderworkflow.platform.Role;
import io.orderworkflow.platform.messaging.CommandBatch;
import io.orderworkflow.platform.schedule.CommandSchedule;
import io.orderworkflow.platform.store.AggregateCache;
import org.axonframework.commandhandling.gateway.CommandGateway;
import org.axonframework.common.caching.Cache;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;

/** The part of the program that decides on orders and carts. */
@AutoConfiguration
@ConditionalOnRole(Role.ORDER)
@EnableConfigurationProperties(CartSettings.class)
@Import({Cart.class, Order.class})
final class OrderConfiguration {

    @Bean
    Cache orderCache(@Value("${order-workflow.order.cache-size:10000}") long size) {
        return new AggregateCache(size);
    }

    @Bean
    Cache cartCache(CartSettings settings) {
        return new AggregateCache(settings.cacheSize());
    }

    @Bean
    CartDeadlines cartDeadlines(CommandSchedule schedule, CommandGateway gateway, CartSettings settings) {
        return new CartDeadlines(schedule, new CommandBatch(gateway, settings.commandTimeout()), settings.expiry());
    }

    @Bean
    CartReader cartReader(EventStore events, CartSettings settings) {
        return new CartReader(events, settings.expiry());
    }
}
