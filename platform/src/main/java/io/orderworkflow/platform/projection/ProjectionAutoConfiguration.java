package io.orderworkflow.platform.projection;

import io.orderworkflow.platform.PeriodicWork;
import io.orderworkflow.platform.batch.Savepoints;
import java.time.Clock;
import org.axonframework.common.jdbc.ConnectionProvider;
import org.axonframework.common.transaction.TransactionManager;
import org.axonframework.config.Configuration;
import org.axonframework.config.ConfigurerModule;
import org.axonframework.config.EventProcessingConfiguration;
import org.axonframework.config.EventProcessingConfigurer;
import org.axonframework.eventhandling.EventMessage;
import org.axonframework.eventhandling.deadletter.jdbc.DeadLetterSchema;
import org.axonframework.eventhandling.deadletter.jdbc.JdbcSequencedDeadLetterQueue;
import org.axonframework.eventhandling.tokenstore.TokenStore;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.axonframework.messaging.deadletter.SequencedDeadLetterQueue;
import org.axonframework.serialization.Serializer;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

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
        return configurer -> configurer.eventProcessing(processing -> groups.forEach(group -> {
            register(processing, group, group.live(), connections, schema);
            register(processing, group, group.next(), connections, schema);
        }));
    }

    private static void register(
            EventProcessingConfigurer processing,
            ProjectionGroup group,
            Generation generation,
            ObjectProvider<ConnectionProvider> connections,
            DeadLetterSchema schema) {
        String name = generation.processor();
        group.projections()
                .forEach(projection -> processing.registerEventHandler(axon -> projection.apply(generation)));
        processing
                .assignHandlerInstancesMatching(name, handler -> isOf(generation, handler))
                .registerSequencingPolicy(name, axon -> group.sequence())
                .registerDeadLetterQueue(
                        name,
                        axon -> deadLetters(
                                name,
                                connections.getObject(),
                                axon.getComponent(TransactionManager.class),
                                axon.eventSerializer(),
                                schema))
                .registerDeadLetterPolicy(name, axon -> new ParkingPolicy())
                .registerDeadLetteringEventHandlerInvokerConfiguration(
                        name, (axon, invoker) -> invoker.enableSequenceIdentifierCache());
    }

    private static boolean isOf(Generation generation, Object handler) {
        return handler instanceof Projection projection
                && projection.generation().equals(generation);
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
            ObjectProvider<EventProcessingConfiguration> processing,
            ObjectProvider<JdbcTransactionManager> transactions) {
        return new ProjectionHandlers(processing::getObject, () -> new Savepoints(transactions.getObject()));
    }

    @Bean
    ProjectionRebuilds projectionRebuilds(
            ObjectProvider<ProjectionGroup> groups,
            JdbcTemplate jdbc,
            TokenStore tokens,
            EventStore events,
            Clock clock,
            PlatformTransactionManager transactions) {
        return new ProjectionRebuilds(
                groups.stream().toList(), jdbc, new RebuildTable(jdbc), tokens, events, clock, transactions);
    }

    @Bean
    NodeGenerations nodeGenerations(Configuration axon, JdbcTemplate jdbc, Serializer serializer) {
        return new NodeGenerations(axon.eventProcessingConfiguration(), new ProcessorTokens(jdbc, serializer));
    }

    @Bean
    PeriodicWork rebuildLead(
            ObjectProvider<ProjectionGroup> groups,
            NodeGenerations node,
            ProjectionRebuilds all,
            JdbcTemplate jdbc,
            Configuration axon,
            Serializer serializer,
            TransactionManager transactions,
            RebuildSettings settings,
            Clock clock,
            PlatformTransactionManager transactionManager) {
        ProcessorTokens positions = new ProcessorTokens(jdbc, serializer);
        RebuildTable rebuilds = new RebuildTable(jdbc);
        Telling telling = new Telling(positions, jdbc, transactions, axon, serializer, settings);
        RebuildLead lead = new RebuildLead(
                groups.stream().toList(),
                node,
                axon.eventStore(),
                positions,
                rebuilds,
                new GenerationSwitch(jdbc, transactions, positions, rebuilds, telling, settings, clock),
                telling,
                all,
                jdbc,
                settings,
                clock,
                transactionManager);
        return PeriodicWork.of("rebuild-lead", settings.interval(), lead::lead);
    }

    @Bean
    PeriodicWork rebuildFollower(
            ObjectProvider<ProjectionGroup> groups,
            NodeGenerations node,
            JdbcTemplate jdbc,
            TokenStore tokens,
            Configuration axon,
            Serializer serializer,
            TransactionManager transactions,
            RebuildSettings settings,
            PlatformTransactionManager transactionManager) {
        TransactionTemplate ofEachStep = new TransactionTemplate(transactionManager);
        ofEachStep.setPropagationBehavior(TransactionDefinition.PROPAGATION_REQUIRES_NEW);
        RebuildFollower follower = new RebuildFollower(
                groups.stream().toList(),
                node,
                axon.eventStore(),
                new ProcessorTokens(jdbc, serializer),
                new RebuildTable(jdbc),
                group -> new Filler(
                        group.next(),
                        node.processor(group.next()).eventHandlerInvoker(),
                        axon,
                        tokens,
                        transactions,
                        jdbc,
                        settings),
                jdbc,
                settings,
                ofEachStep);
        return PeriodicWork.of("rebuild-watch", settings.interval(), follower::follow)
                .andFinally(follower::end);
    }
}
