package io.orderworkflow.query.audit;

import io.micrometer.core.instrument.MeterRegistry;
import io.orderworkflow.platform.ConditionalOnRole;
import io.orderworkflow.platform.Role;
import io.orderworkflow.platform.processing.ProcessorPositions;
import java.time.Clock;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.PlatformTransactionManager;

/** The auditor, wherever read models are kept. */
@AutoConfiguration
@ConditionalOnRole(Role.QUERY)
@EnableConfigurationProperties(AuditSettings.class)
final class AuditConfiguration {

    @Bean
    AuditNotes auditNotes(JdbcTemplate jdbc, AuditSettings settings) {
        return new AuditNotes(jdbc, settings.enabled());
    }

    @Bean
    BreachBook breachBook(JdbcTemplate jdbc, ProcessorPositions positions, AuditSettings settings) {
        return new BreachBook(jdbc, positions, settings);
    }

    @Bean
    Auditor auditor(
            JdbcTemplate jdbc,
            EventStore events,
            BreachBook book,
            AuditSettings settings,
            Clock clock,
            PlatformTransactionManager transactions) {
        return new Auditor(
                jdbc,
                new StockAudit(jdbc, events),
                new ChangedOrders(jdbc),
                new OrderAudit(jdbc),
                new DeadlineAudit(jdbc, settings.grace()),
                new ReadModelAudit(jdbc, events),
                book,
                settings,
                clock,
                transactions);
    }

    @Bean
    AuditSchedule auditHealthIndicator(
            Auditor auditor, BreachBook book, AuditSettings settings, Clock clock, MeterRegistry registry) {
        return new AuditSchedule(auditor, book, settings, clock, registry);
    }
}
