package io.orderworkflow.platform.deadletter;

import io.micrometer.core.instrument.MeterRegistry;
import io.orderworkflow.platform.ConditionalOnRole;
import io.orderworkflow.platform.PeriodicWork;
import io.orderworkflow.platform.Role;
import java.time.Clock;
import java.time.Duration;
import org.axonframework.common.transaction.TransactionManager;
import org.axonframework.config.EventProcessingConfiguration;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.axonframework.serialization.Serializer;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.jdbc.core.JdbcTemplate;

/** Looks after dead letters, wherever projections are. */
@AutoConfiguration(
        afterName = "org.springframework.boot.jdbc.autoconfigure.JdbcTemplateAutoConfiguration",
        beforeName = "org.axonframework.springboot.autoconfig.AxonAutoConfiguration")
@ConditionalOnRole(Role.QUERY)
@EnableConfigurationProperties(DeadLetterSettings.class)
final class DeadLetterAutoConfiguration {

    private static final Duration INTERVAL = Duration.ofSeconds(1);
    private static final Duration LAST_TRY = Duration.ofSeconds(20);

    @Bean
    DeadLetterJournal deadLetterJournal(JdbcTemplate jdbc) {
        return new DeadLetterJournal(jdbc);
    }

    @Bean
    DeadLetters deadLetters(
            JdbcTemplate jdbc, DeadLetterJournal journal, Serializer serializer, DeadLetterSettings settings) {
        return new DeadLetters(jdbc, journal, serializer, settings);
    }

    @Bean
    DueLetters dueLetters(JdbcTemplate jdbc, Serializer serializer, DeadLetterSettings settings) {
        return new DueLetters(jdbc, serializer, settings);
    }

    @Bean
    DeadLetterRetries deadLetterRetries(
            DueLetters letters,
            ObjectProvider<EventProcessingConfiguration> processing,
            ObjectProvider<EventStore> events,
            TransactionManager transactions,
            JdbcTemplate jdbc,
            Clock clock) {
        return new DeadLetterRetries(letters, processing::getObject, events::getObject, transactions, jdbc, clock);
    }

    @Bean
    DeadLetterAdministration deadLetterAdministration(
            DeadLetters letters, DeadLetterJournal journal, JdbcTemplate jdbc, Clock clock) {
        return new DeadLetterAdministration(letters, journal, jdbc, clock);
    }

    @Bean
    DeadLetterSchedule deadLettersHealthIndicator(
            DeadLetterRetries retries, DeadLetters letters, Clock clock, MeterRegistry registry) {
        return new DeadLetterSchedule(retries, letters, clock, registry);
    }

    @Bean
    PeriodicWork deadLetterRounds(DeadLetterSchedule schedule) {
        return PeriodicWork.of("dead-letters", INTERVAL, schedule::look).endingWithin(LAST_TRY);
    }
}
