package io.orderworkflow.payment.demo;

import io.orderworkflow.platform.ConditionalOnRole;
import io.orderworkflow.platform.Role;
import org.axonframework.commandhandling.gateway.CommandGateway;
import org.axonframework.queryhandling.QueryGateway;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.PlatformTransactionManager;

/** Lets a process place demo orders, if faults can be made in it; else it says why it does not. */
@AutoConfiguration(afterName = "io.orderworkflow.payment.builtin.BuiltInProviderConfiguration")
@ConditionalOnRole(Role.PAYMENT)
final class DemoConfiguration {

    private static final String FAULTS = "faultStudio";

    // Gateways are asked for late: handlers are needed to make them.

    @Bean
    @ConditionalOnBean(name = FAULTS)
    DemoDriver demoDriver(
            ObjectProvider<CommandGateway> commands,
            ObjectProvider<QueryGateway> queries,
            JdbcTemplate jdbc,
            PlatformTransactionManager transactions) {
        return new DemoDriver(
                new DemoRunTable(jdbc, transactions), new DemoShopper(commands::getObject, queries::getObject));
    }

    @Bean
    @ConditionalOnMissingBean(name = FAULTS)
    NoDemoDriver noDemoDriver() {
        return new NoDemoDriver();
    }
}
