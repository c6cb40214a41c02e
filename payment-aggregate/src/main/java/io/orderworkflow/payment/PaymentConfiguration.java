package io.orderworkflow.payment;

import io.orderworkflow.platform.ConditionalOnRole;
import io.orderworkflow.platform.Role;
import io.orderworkflow.platform.store.AggregateCache;
import org.axonframework.common.caching.Cache;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;

/** Lets a process decide on payments. */
@AutoConfiguration
@ConditionalOnRole(Role.PAYMENT)
@Import(Payment.class)
final class PaymentConfiguration {

    @Bean
    Cache paymentCache(@Value("${order-workflow.payment.cache-size:10000}") long size) {
        return new AggregateCache(size);
    }
}
