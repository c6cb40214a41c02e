package io.orderworkflow.platform.schedule;

import java.time.Clock;
import java.time.Duration;
import org.axonframework.commandhandling.gateway.CommandGateway;
import org.axonframework.deadline.DeadlineManager;
import org.axonframework.serialization.Serializer;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;
import org.springframework.jdbc.core.JdbcTemplate;

/** The durable schedule; every process can schedule, and every process sends what is due. */
@AutoConfiguration(
        afterName = "org.springframework.boot.jdbc.autoconfigure.JdbcTemplateAutoConfiguration",
        beforeName = "org.axonframework.springboot.autoconfig.AxonAutoConfiguration")
final class ScheduleAutoConfiguration {

    @Bean
    @ConditionalOnMissingBean
    Clock clock() {
        return Clock.systemUTC();
    }

    @Bean
    JdbcCommandSchedule commandSchedule(JdbcTemplate jdbc, Serializer serializer) {
        return new JdbcCommandSchedule(jdbc, serializer);
    }

    @Bean(initMethod = "giveGrace")
    ScheduledCommandSender scheduledCommandSender(
            JdbcCommandSchedule schedule,
            CommandGateway gateway,
            Clock clock,
            @Value("${order-workflow.schedule.grace-after-start:30s}") Duration grace) {
        return new ScheduledCommandSender(schedule, gateway, clock, grace);
    }

    @Bean
    DeadlineManager deadlineManager() {
        return new NoDeadlines();
    }
}
