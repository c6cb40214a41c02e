package io.orderworkflow.platform.store;

import io.micrometer.core.instrument.MeterRegistry;
import java.util.List;
import java.util.function.Supplier;
import org.axonframework.common.caching.Cache;
import org.axonframework.common.jdbc.ConnectionProvider;
import org.axonframework.common.jdbc.PersistenceExceptionResolver;
import org.axonframework.common.transaction.TransactionManager;
import org.axonframework.config.Configuration;
import org.axonframework.eventhandling.EventBusSpanFactory;
import org.axonframework.eventhandling.tokenstore.TokenStore;
import org.axonframework.eventhandling.tokenstore.jdbc.JdbcTokenStore;
import org.axonframework.eventhandling.tokenstore.jdbc.TokenSchema;
import org.axonframework.eventsourcing.eventstore.EmbeddedEventStore;
import org.axonframework.eventsourcing.eventstore.EventStorageEngine;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.axonframework.eventsourcing.eventstore.jdbc.EventSchema;
import org.axonframework.eventsourcing.eventstore.jdbc.JdbcEventStorageEngine;
import org.axonframework.messaging.annotation.HandlerDefinition;
import org.axonframework.messaging.annotation.ParameterResolverFactory;
import org.axonframework.serialization.Serializer;
import org.axonframework.spring.eventsourcing.SpringAggregateSnapshotter;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.util.function.SingletonSupplier;

/** Axon's stores on PostgreSQL, through JDBC: payloads are {@code bytea}, never large objects. */
@AutoConfiguration(
        after = BootOrdering.class,
        beforeName = {
            "org.axonframework.springboot.autoconfig.JdbcAutoConfiguration",
            "org.axonframework.springboot.autoconfig.AxonAutoConfiguration"
        })
@EnableConfigurationProperties(NodeSettings.class)
final class StoreAutoConfiguration {

    private static final int EVENTS_PER_READ = 500;

    @Bean
    static PlainAggregates plainAggregates() {
        return new PlainAggregates();
    }

    /** In the place of Axon's, which takes them on the threads that handle commands. */
    @Bean
    BackgroundSnapshotter snapshotter(
            Configuration axon,
            EventStore eventStore,
            HandlerDefinition handlers,
            ParameterResolverFactory parameters,
            TransactionManager transactions,
            MeterRegistry registry) {
        return new BackgroundSnapshotter(
                SpringAggregateSnapshotter.builder()
                        .repositoryProvider(axon::repository)
                        .eventStore(eventStore)
                        .parameterResolverFactory(parameters)
                        .handlerDefinition(handlers),
                transactions,
                registry);
    }

    @Bean
    PersistenceExceptionResolver persistenceExceptionResolver() {
        return new PostgresExceptionResolver();
    }

    @Bean
    TokenStore tokenStore(ConnectionProvider connections, Serializer serializer, NodeSettings node, JdbcTemplate jdbc) {
        JdbcTokenStore.Builder builder = JdbcTokenStore.builder()
                .connectionProvider(connections)
                .serializer(serializer)
                .claimTimeout(NodeSettings.CLAIM_TIMEOUT)
                .nodeId(node.id())
                .schema(TokenSchema.builder()
                        .setTokenTable("token_entry")
                        .setProcessorNameColumn("processor_name")
                        .setTokenTypeColumn("token_type")
                        .build());
        return new ClaimedTokenStore(builder, jdbc, node.id());
    }

    @Bean
    @ConditionalOnProperty(name = "axon.axonserver.enabled", havingValue = "false")
    PostgresEventStorageEngine eventStorageEngine(
            Serializer serializer,
            PersistenceExceptionResolver exceptions,
            ConnectionProvider connections,
            TransactionManager transactions,
            Configuration axon,
            JdbcTemplate jdbc,
            ObjectProvider<Cache> caches) {
        JdbcEventStorageEngine.Builder builder = JdbcEventStorageEngine.builder()
                .eventSerializer(serializer)
                .snapshotSerializer(serializer)
                .snapshotFilter(axon.snapshotFilter())
                .upcasterChain(axon.upcasterChain())
                .persistenceExceptionResolver(exceptions)
                .connectionProvider(connections)
                .transactionManager(transactions)
                .gapTimeout((int) PostgresEventStorageEngine.GAP_TIMEOUT.toMillis())
                .maxGapOffset(PostgresEventStorageEngine.MOST_BEHIND)
                .batchSize(EVENTS_PER_READ)
                .schema(EventSchema.builder()
                        .eventTable("domain_event_entry")
                        .snapshotTable("snapshot_event_entry")
                        .globalIndexColumn("global_index")
                        .timestampColumn("time_stamp")
                        .eventIdentifierColumn("event_identifier")
                        .aggregateIdentifierColumn("aggregate_identifier")
                        .sequenceNumberColumn("sequence_number")
                        .payloadTypeColumn("payload_type")
                        .payloadRevisionColumn("payload_revision")
                        .metaDataColumn("meta_data")
                        .build());
        // Looked up late, and once: they belong to modules that are made ready with the store.
        Supplier<List<Cache>> all = SingletonSupplier.of(() -> caches.stream().toList());
        return new PostgresEventStorageEngine(
                builder,
                new EventRows(jdbc),
                aggregate -> all.get().stream().anyMatch(cache -> cache.containsKey(aggregate)));
    }

    @Bean("eventBus")
    @Qualifier("eventStore")
    @ConditionalOnProperty(name = "axon.axonserver.enabled", havingValue = "false")
    EmbeddedEventStore eventStore(EventStorageEngine engine, Configuration axon) {
        EmbeddedEventStore.Builder builder = EmbeddedEventStore.builder()
                .messageMonitor(axon.messageMonitor(EventStore.class, "eventStore"))
                .spanFactory(axon.getComponent(EventBusSpanFactory.class));
        return WakingEventStore.over(engine, builder);
    }
}
