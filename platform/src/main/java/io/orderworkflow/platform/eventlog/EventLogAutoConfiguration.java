package io.orderworkflow.platform.eventlog;

import io.orderworkflow.platform.ConditionalOnRole;
import io.orderworkflow.platform.PeriodicWork;
import io.orderworkflow.platform.Role;
import io.orderworkflow.platform.history.EventReadability;
import java.time.Duration;
import org.axonframework.axonserver.connector.AxonServerConnectionManager;
import org.axonframework.serialization.Serializer;
import org.axonframework.serialization.upcasting.event.EventUpcaster;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Bean;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** The event log of whichever store there is, and what is kept about it. */
@AutoConfiguration(
        afterName = {
            "org.axonframework.springboot.autoconfig.AxonServerAutoConfiguration",
            "org.springframework.boot.jdbc.autoconfigure.JdbcClientAutoConfiguration"
        })
final class EventLogAutoConfiguration {

    @Bean
    @ConditionalOnProperty(name = "axon.axonserver.enabled", havingValue = "false")
    PostgresEventLog postgresEventLog(JdbcClient jdbc) {
        return new PostgresEventLog(jdbc);
    }

    @Bean
    @ConditionalOnProperty(name = "axon.axonserver.enabled", matchIfMissing = true)
    AxonServerEventLog axonServerEventLog(AxonServerConnectionManager connections) {
        return new AxonServerEventLog(connections);
    }

    @Bean
    EventBlocks eventBlocks(JdbcClient jdbc, PlatformTransactionManager transactions, EventLog log) {
        return new EventBlocks(jdbc, new TransactionTemplate(transactions), log);
    }

    @Bean
    StoredTypesCheck storedTypesCheck(
            EventLog log, EventBlocks blocks, Serializer serializer, EventUpcaster upcasters) {
        return new StoredTypesCheck(log, blocks, new EventReadability(serializer, upcasters));
    }

    @Bean
    @ConditionalOnRole(Role.QUERY)
    PeriodicWork blockCloser(
            EventBlocks blocks, @Value("${order-workflow.event-log.block-interval:5s}") Duration interval) {
        return PeriodicWork.untilNothingIsLeft("event-blocks", interval, blocks::closeNext);
    }
}
