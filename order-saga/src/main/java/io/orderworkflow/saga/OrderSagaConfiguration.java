package io.orderworkflow.saga;

import io.orderworkflow.platform.ConditionalOnRole;
import io.orderworkflow.platform.Role;
import io.orderworkflow.platform.messaging.CommandBatch;
import io.orderworkflow.platform.projection.EventSequence;
import io.orderworkflow.platform.saga.BatchSagaRepository;
import io.orderworkflow.platform.saga.ParkedSteps;
import io.orderworkflow.platform.saga.SagaParking;
import io.orderworkflow.platform.saga.SagaRows;
import io.orderworkflow.platform.schedule.CommandSchedule;
import java.time.Clock;
import org.axonframework.commandhandling.gateway.CommandGateway;
import org.axonframework.config.Configuration;
import org.axonframework.config.ConfigurerModule;
import org.axonframework.messaging.annotation.HandlerDefinition;
import org.axonframework.serialization.Serializer;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.namedparam.NamedParameterJdbcTemplate;

/** The part of the program that leads orders through their steps. */
@AutoConfiguration
@ConditionalOnRole(Role.SAGA)
@EnableConfigurationProperties({OrderSagaSettings.class, StuckSettings.class})
final class OrderSagaConfiguration {

    @Bean
    @ConditionalOnProperty(name = "order-workflow.saga.record.enabled", matchIfMissing = true)
    StepRecord stepRecord(JdbcTemplate jdbc, Clock clock) {
        return new StepRecord(jdbc, clock);
    }

    @Bean
    OrderSteps orderSteps(
            CommandGateway gateway,
            CommandSchedule schedule,
            OrderSagaSettings settings,
            Clock clock,
            ObjectProvider<StepRecord> record) {
        return new OrderSteps(
                new CommandBatch(gateway, settings.commandTimeout(), clock),
                schedule,
                settings,
                clock,
                record.getIfAvailable());
    }

    @Bean
    WorkflowReader workflowReader(NamedParameterJdbcTemplate jdbc, StuckSettings settings, Clock clock) {
        return new WorkflowReader(jdbc, settings, clock);
    }

    @Bean
    ConfigurerModule orderProcessing(
            JdbcTemplate jdbc, Serializer serializer, SagaParking parking, ObjectProvider<StepRecord> record) {
        SagaRows<OrderProcessingSaga> rows =
                new SagaRows<>(OrderProcessingSaga.class, OrderProcessingSaga.ORDER_ID, jdbc, serializer);
        return sagas(OrderProcessingSaga.class, rows, parking, record.getIfAvailable());
    }

    @Bean
    ConfigurerModule orderRefunds(
            JdbcTemplate jdbc, Serializer serializer, SagaParking parking, ObjectProvider<StepRecord> record) {
        SagaRows<OrderRefundSaga> rows =
                new SagaRows<>(OrderRefundSaga.class, OrderRefundSaga.REFUND_ID, jdbc, serializer);
        return sagas(OrderRefundSaga.class, rows, parking, record.getIfAvailable());
    }

    @Bean
    ParkedStepAdministration parkedStepAdministration(ParkedSteps steps, Clock clock) {
        return new ParkedStepAdministration(steps, clock);
    }

    private static <T> ConfigurerModule sagas(
            Class<T> type, SagaRows<T> rows, SagaParking parking, @Nullable StepRecord record) {
        return configurer -> configurer.eventProcessing(processing -> processing.registerSaga(
                type,
                saga -> saga.configureSagaManager(axon -> parking.isolated(
                        type,
                        new BatchSagaRepository<>(
                                type, rows, axon.parameterResolverFactory(), handlersOf(type, axon, record)),
                        EventSequence.OF_ORDER,
                        axon))));
    }

    private static HandlerDefinition handlersOf(Class<?> type, Configuration axon, @Nullable StepRecord record) {
        HandlerDefinition handlers = axon.handlerDefinition(type);
        return record == null ? handlers : new RecordedHandlers(handlers, record);
    }
}
