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
import org.axonframework.config.ConfigurerModule;
import org.axonframework.serialization.Serializer;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.jdbc.core.JdbcTemplate;

/** The part of the program that leads orders through their steps. */
@AutoConfiguration
@ConditionalOnRole(Role.SAGA)
@EnableConfigurationProperties(OrderSagaSettings.class)
final class OrderSagaConfiguration {

    @Bean
    OrderSteps orderSteps(CommandGateway gateway, CommandSchedule schedule, OrderSagaSettings settings, Clock clock) {
        return new OrderSteps(new CommandBatch(gateway, settings.commandTimeout()), schedule, settings, clock);
    }

    @Bean
    ConfigurerModule orderProcessing(JdbcTemplate jdbc, Serializer serializer, SagaParking parking) {
        return sagas(OrderProcessingSaga.class, OrderProcessingSaga.ORDER_ID, jdbc, serializer, parking);
    }

    @Bean
    ConfigurerModule orderRefunds(JdbcTemplate jdbc, Serializer serializer, SagaParking parking) {
        return sagas(OrderRefundSaga.class, OrderRefundSaga.REFUND_ID, jdbc, serializer, parking);
    }

    @Bean
    ParkedStepAdministration parkedStepAdministration(ParkedSteps steps, Clock clock) {
        return new ParkedStepAdministration(steps, clock);
    }

    private static <T> ConfigurerModule sagas(
            Class<T> type, String association, JdbcTemplate jdbc, Serializer serializer, SagaParking parking) {
        SagaRows<T> rows = new SagaRows<>(type, association, jdbc, serializer);
        return configurer -> configurer.eventProcessing(processing -> processing.registerSaga(
                type,
                saga -> saga.configureSagaManager(axon -> parking.isolated(
                        type,
                        new BatchSagaRepository<>(
                                type, rows, axon.parameterResolverFactory(), axon.handlerDefinition(type)),
                        EventSequence.OF_ORDER,
                        axon))));
    }
}
