package io.orderworkflow.query;

import io.orderworkflow.platform.ConditionalOnRole;
import io.orderworkflow.platform.Role;
import io.orderworkflow.platform.eventlog.EventBlocks;
import io.orderworkflow.platform.eventlog.EventLog;
import io.orderworkflow.platform.processing.ProcessorPositions;
import io.orderworkflow.platform.projection.EventSequence;
import io.orderworkflow.platform.projection.ProjectionGroup;
import io.orderworkflow.platform.projection.ProjectionRebuilds;
import io.orderworkflow.query.audit.AuditNotes;
import java.time.Clock;
import java.util.List;
import org.axonframework.eventsourcing.eventstore.EventStorageEngine;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.axonframework.queryhandling.QueryUpdateEmitter;
import org.axonframework.serialization.Serializer;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.persistence.autoconfigure.EntityScan;
import org.springframework.context.annotation.Bean;
import org.springframework.data.jpa.repository.config.EnableJpaRepositories;
import org.springframework.data.repository.config.BootstrapMode;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.PlatformTransactionManager;

/**
 * The part of the program that keeps read models and answers queries. What concerns orders is handled by one
 * processor, what concerns SKUs by another: each of them reads every event and commits for every batch.
 */
@AutoConfiguration
@ConditionalOnRole(Role.QUERY)
@EnableConfigurationProperties(ChangeFeedSettings.class)
@EntityScan(basePackageClasses = OrderRow.class)
@EnableJpaRepositories(
        basePackageClasses = OrderRows.class,
        // Not before Hibernate is ready, which makes itself so beside everything else.
        bootstrapMode = BootstrapMode.DEFERRED,
        enableDefaultTransactions = false,
        considerNestedRepositories = false)
final class QuerySideConfiguration {

    // Collaborators are asked for late: groups are needed to make what some of them need.

    @Bean
    ProjectionGroup orderViews(
            ObjectProvider<JdbcTemplate> jdbc, ObjectProvider<OrderUpdates> updates, ObjectProvider<ChangeLog> log) {
        return new ProjectionGroup(
                OrderProjection.GROUP,
                EventSequence.OF_ORDER,
                "orders",
                List.of(
                        generation ->
                                new OrderProjection(generation, jdbc.getObject(), updates.getObject(), log.getObject()),
                        generation -> new PaymentProjection(
                                generation, jdbc.getObject(), updates.getObject(), log.getObject())));
    }

    @Bean
    ProjectionGroup inventoryViews(
            ObjectProvider<JdbcTemplate> jdbc,
            ObjectProvider<ProductUpdates> updates,
            ObjectProvider<AuditNotes> notes,
            @Qualifier("inventoryCommits") ObjectProvider<Commits> commits) {
        return new ProjectionGroup(
                InventoryProjection.GROUP,
                EventSequence.OF_SKU,
                "inventory",
                List.of(generation -> new InventoryProjection(
                        generation, jdbc.getObject(), updates.getObject(), notes.getObject(), commits.getObject())));
    }

    @Bean
    OrderReader orderReader(OrderRows orders, JdbcTemplate jdbc) {
        return new OrderReader(orders, new OrderSearch(jdbc));
    }

    @Bean
    SalesReader salesReader(JdbcTemplate jdbc) {
        return new SalesReader(jdbc);
    }

    @Bean
    OrderFlowReader orderFlowReader(JdbcTemplate jdbc, PlatformTransactionManager transactions) {
        return new OrderFlowReader(jdbc, transactions, Clock.systemUTC());
    }

    @Bean
    OrderUpdates orderUpdates(QueryUpdateEmitter emitter, OrderReader orders) {
        return new OrderUpdates(emitter, orders);
    }

    @Bean
    Commits orderCommits() {
        return new Commits();
    }

    @Bean
    Commits inventoryCommits() {
        return new Commits();
    }

    @Bean
    ChangeLog changeLog(JdbcTemplate jdbc, @Qualifier("orderCommits") Commits commits) {
        return new ChangeLog(jdbc, commits);
    }

    @Bean
    ChangeFeed changeFeed(JdbcTemplate jdbc, ChangeFeedSettings settings, @Qualifier("orderCommits") Commits commits) {
        return new ChangeFeed(jdbc, settings, commits);
    }

    @Bean
    ReadModelProgressReader readModelProgressReader(
            ProcessorPositions positions,
            EventStore events,
            ObjectProvider<EventStorageEngine> engine,
            JdbcTemplate jdbc,
            @Qualifier("orderCommits") Commits orders,
            @Qualifier("inventoryCommits") Commits inventory) {
        return new ReadModelProgressReader(
                positions, StorePositions.of(events, engine.getIfAvailable(), jdbc), orders, inventory);
    }

    @Bean
    PaymentReader paymentReader(PaymentRows payments) {
        return new PaymentReader(payments);
    }

    @Bean
    InventoryReader inventoryReader(ProductRows products, StockRows stock, StockMovementRows movements) {
        return new InventoryReader(products, stock, movements);
    }

    @Bean
    ProductUpdates productUpdates(QueryUpdateEmitter emitter, InventoryReader inventory) {
        return new ProductUpdates(emitter, inventory);
    }

    @Bean
    OrderEvents orderEvents(JdbcTemplate jdbc, EventStore events) {
        return new OrderEvents(jdbc, events);
    }

    @Bean
    OrderTimelineReader orderTimelineReader(OrderEvents events, Serializer serializer) {
        return new OrderTimelineReader(events, serializer);
    }

    @Bean
    EventStoreReader eventStoreReader(EventLog log, EventBlocks blocks) {
        return new EventStoreReader(log, blocks);
    }

    @Bean
    CancellationPlanner cancellationPlanner(OrderEvents events) {
        return new CancellationPlanner(events);
    }

    @Bean
    RebuildAdministration rebuildAdministration(ProjectionRebuilds rebuilds) {
        return new RebuildAdministration(rebuilds);
    }
}
