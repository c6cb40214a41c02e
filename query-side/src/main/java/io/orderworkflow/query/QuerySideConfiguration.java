package io.orderworkflow.query;

import io.orderworkflow.platform.ConditionalOnRole;
import io.orderworkflow.platform.Role;
import io.orderworkflow.platform.projection.EventSequence;
import io.orderworkflow.platform.projection.ProjectionGroup;
import io.orderworkflow.query.audit.AuditNotes;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.axonframework.queryhandling.QueryUpdateEmitter;
import org.axonframework.serialization.Serializer;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.persistence.autoconfigure.EntityScan;
import org.springframework.context.annotation.Bean;
import org.springframework.data.jpa.repository.config.EnableJpaRepositories;
import org.springframework.data.repository.config.BootstrapMode;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * The part of the program that keeps read models and answers queries. What concerns orders is handled by one
 * processor, what concerns SKUs by another: each of them reads every event and commits for every batch.
 */
@AutoConfiguration
@ConditionalOnRole(Role.QUERY)
@EntityScan(basePackageClasses = OrderRow.class)
@EnableJpaRepositories(
        basePackageClasses = OrderRows.class,
        // Not before Hibernate is ready, which makes itself so beside everything else.
        bootstrapMode = BootstrapMode.DEFERRED,
        enableDefaultTransactions = false,
        considerNestedRepositories = false)
final class QuerySideConfiguration {

    @Bean
    ProjectionGroup orderViews() {
        return new ProjectionGroup(OrderProjection.GROUP, EventSequence.OF_ORDER);
    }

    @Bean
    ProjectionGroup inventoryViews() {
        return new ProjectionGroup(InventoryProjection.GROUP, EventSequence.OF_SKU);
    }

    @Bean
    OrderReader orderReader(OrderRows orders) {
        return new OrderReader(orders);
    }

    @Bean
    OrderUpdates orderUpdates(QueryUpdateEmitter emitter, OrderReader orders) {
        return new OrderUpdates(emitter, orders);
    }

    @Bean
    ChangeLog changeLog(JdbcTemplate jdbc) {
        return new ChangeLog(jdbc);
    }

    @Bean
    OrderProjection orderProjection(JdbcTemplate jdbc, OrderReader orders, OrderUpdates updates, ChangeLog log) {
        return new OrderProjection(jdbc, orders, updates, log);
    }

    @Bean
    PaymentProjection paymentProjection(JdbcTemplate jdbc, PaymentRows payments, OrderUpdates updates, ChangeLog log) {
        return new PaymentProjection(jdbc, payments, updates, log);
    }

    @Bean
    InventoryReader inventoryReader(ProductRows products, StockRows stock, StockMovementRows movements) {
        return new InventoryReader(products, stock, movements);
    }

    @Bean
    InventoryProjection inventoryProjection(
            JdbcTemplate jdbc, InventoryReader inventory, QueryUpdateEmitter emitter, AuditNotes notes) {
        return new InventoryProjection(jdbc, inventory, new ProductUpdates(emitter, inventory), notes);
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
    CancellationPlanner cancellationPlanner(OrderEvents events) {
        return new CancellationPlanner(events);
    }
}
