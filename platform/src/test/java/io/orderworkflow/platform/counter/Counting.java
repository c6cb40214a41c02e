package io.orderworkflow.platform.counter;

import io.orderworkflow.platform.store.AggregateCache;
import org.axonframework.common.caching.Cache;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/** Lets a node count. */
@Configuration(proxyBeanMethods = false)
@Import(Counter.class)
public class Counting {

    @Bean
    CountingRules countingRules() {
        return new CountingRules();
    }

    @Bean
    Cache counterCache() {
        return new AggregateCache(100);
    }
}
