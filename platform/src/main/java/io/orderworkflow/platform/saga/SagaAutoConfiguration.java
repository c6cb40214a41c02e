package io.orderworkflow.platform.saga;

import io.orderworkflow.platform.ConditionalOnRole;
import io.orderworkflow.platform.PeriodicWork;
import io.orderworkflow.platform.Role;
import java.time.Clock;
import java.time.Duration;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.support.JdbcTransactionManager;

/** What lets one saga fail without holding up the others, in processes that run sagas. */
@AutoConfiguration(
        afterName = "org.springframework.boot.jdbc.autoconfigure.JdbcTemplateAutoConfiguration",
        beforeName = "org.axonframework.springboot.autoconfig.AxonAutoConfiguration")
@ConditionalOnRole(Role.SAGA)
@EnableConfigurationProperties(SagaParkingSettings.class)
final class SagaAutoConfiguration {

    /** How often it is looked for parked steps that are to be tried again. */
    private static final Duration RETRY_INTERVAL = Duration.ofMillis(500);

    private static final Duration LAST_TRY = Duration.ofSeconds(20);

    @Bean
    ParkedSequences parkedSequences(JdbcTemplate jdbc) {
        return new ParkedSequences(jdbc);
    }

    @Bean
    RetryQueue retryQueue(JdbcTemplate jdbc) {
        return new RetryQueue(jdbc);
    }

    @Bean
    ParkedSteps parkedSteps(JdbcTemplate jdbc, RetryQueue queue) {
        return new ParkedSteps(jdbc, queue);
    }

    @Bean
    SagaParking sagaParking(
            ParkedSequences sequences,
            RetryQueue queue,
            JdbcTransactionManager transactions,
            SagaParkingSettings settings,
            Clock clock) {
        return new SagaParking(sequences, queue, transactions, settings, clock);
    }

    @Bean
    PeriodicWork parkedStepRetries(SagaParking parking) {
        return PeriodicWork.of("parked-steps", RETRY_INTERVAL, parking::retryDue)
                .endingWithin(LAST_TRY);
    }

    @Bean
    ParkedStepMetrics parkedStepMetrics(ParkedSteps steps, Clock clock) {
        return new ParkedStepMetrics(steps, clock);
    }

    @Bean
    ParkedStepsHealthIndicator parkedStepsHealthIndicator(ParkedSteps steps) {
        return new ParkedStepsHealthIndicator(steps);
    }
}
