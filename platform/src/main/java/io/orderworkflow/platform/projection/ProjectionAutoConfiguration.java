package io.orderworkflow.platform.projection;

import io.orderworkflow.platform.batch.Savepoints;
import org.axonframework.common.jdbc.ConnectionProvider;
import org.axonframework.common.transaction.TransactionManager;
import org.axonframework.config.ConfigurerModule;
import org.axonframework.config.EventProcessingConfiguration;
import org.axonframework.eventhandling.EventMessage;
import org.axonframework.eventhandling.deadletter.jdbc.DeadLetterSchema;
import org.axonframework.eventhandling.deadletter.jdbc.JdbcSequencedDeadLetterQueue;
import org.axonframework.messaging.deadletter.SequencedDeadLetterQueue;
import org.axonframework.serialization.Serializer;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.jdbc.support.JdbcTransactionManager;

/** Gives every {@link ProjectionGroup} its sequences, a queue for dead letters, and batches that survive a bad event. */
@AutoConfiguration(
        beforeName = {
            "org.axonframework.springboot.autoconfig.JdbcAutoConfiguration",
            "org.axonframework.springboot.autoconfig.EventProcessingAutoConfiguration"
        })
final class ProjectionAutoConfiguration {

    @Bean
    DeadLetterSchema deadLetterSchema() {
        return DeadLetterSchema.builder()
                .deadLetterTable("dead_letter_entry")
                .deadLetterIdentifierColumn("dead_letter_identifier")
                .processingGroupColumn("processing_group")
                .sequenceIdentifierColumn("sequence_identifier")
                .sequenceIndexColumn("sequence_index")
                .messageTypeColumn("message_type")
                .eventIdentifierColumn("event_identifier")
                .timestampColumn("time_stamp")
                .payloadTypeColumn("payload_type")
                .payloadRevisionColumn("payload_revision")
                .metaDataColumn("meta_data")
                .aggregateIdentifierColumn("aggregate_identifier")
                .sequenceNumberColumn("sequence_number")
                .tokenTypeColumn("token_type")
                .enqueuedAtColumn("enqueued_at")
                .lastTouchedColumn("last_touched")
                .processingStartedColumn("processing_started")
                .causeTypeColumn("cause_type")
                .causeMessageColumn("cause_message")
                .build();
    }

    @Bean
    ConfigurerModule projections(
            ObjectProvider<ProjectionGroup> groups,
            ObjectProvider<ConnectionProvider> connections,
            DeadLetterSchema schema) {
        return configurer -> configurer.eventProcessing(processing -> groups.forEach(group -> processing
                .registerSequencingPolicy(group.name(), axon -> group.sequence())
                .registerDeadLetterQueue(
                        group.name(),
                        axon -> deadLetters(
                                group.name(),
                                connections.getObject(),
                                axon.getComponent(TransactionManager.class),
                                axon.eventSerializer(),
                                schema))
                .registerDeadLetterPolicy(group.name(), axon -> new ParkingPolicy())
                .registerDeadLetteringEventHandlerInvokerConfiguration(
                        group.name(),
                        // A projection that is rebuilt meets the parked events again.
                        (axon, invoker) -> invoker.allowReset(true).enableSequenceIdentifierCache())));
    }

    private static SequencedDeadLetterQueue<EventMessage<?>> deadLetters(
            String group,
            ConnectionProvider connections,
            TransactionManager transactions,
            Serializer serializer,
            DeadLetterSchema schema) {
        return JdbcSequencedDeadLetterQueue.<EventMessage<?>>builder()
                .processingGroup(group)
                .connectionProvider(connections)
                .transactionManager(transactions)
                .genericSerializer(serializer)
                .eventSerializer(serializer)
                .schema(schema)
                .build();
    }

    /** Collaborators are asked for late: handler definitions are made before most of the application. */
    @Bean
    static ProjectionHandlers projectionHandlers(
            ObjectProvider<ProjectionGroup> groups,
            ObjectProvider<EventProcessingConfiguration> processing,
            ObjectProvider<JdbcTransactionManager> transactions) {
        return new ProjectionHandlers(
                name -> groups.stream().anyMatch(group -> group.name().equals(name)),
                processing::getObject,
                () -> new Savepoints(transactions.getObject()));
    }
}
