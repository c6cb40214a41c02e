package io.orderworkflow.inventory;

import io.orderworkflow.platform.ConditionalOnRole;
import io.orderworkflow.platform.Role;
import io.orderworkflow.platform.store.AggregateCache;
import io.orderworkflow.platform.store.UsableSnapshots;
import org.axonframework.common.caching.Cache;
import org.axonframework.eventsourcing.EventCountSnapshotTriggerDefinition;
import org.axonframework.eventsourcing.SnapshotTriggerDefinition;
import org.axonframework.eventsourcing.Snapshotter;
import org.axonframework.eventsourcing.snapshotting.SnapshotFilter;
import org.axonframework.serialization.Serializer;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;

/** Lets a process decide on products and stock. */
@AutoConfiguration
@ConditionalOnRole(Role.INVENTORY)
@Import({Product.class, StockItem.class, StockItems.class})
final class InventoryConfiguration {

    @Bean
    Cache productCache(@Value("${order-workflow.inventory.product-cache-size:1000}") long size) {
        return new AggregateCache(size);
    }

    /** The largest cache, and the most worth: a stock item's history grows with every order, for ever. */
    @Bean
    Cache stockItemCache(@Value("${order-workflow.inventory.stock-item-cache-size:5000}") long size) {
        return new AggregateCache(size);
    }

    /** Only for stock items: all other aggregates have a handful of events. */
    @Bean
    SnapshotTriggerDefinition stockItemSnapshots(
            Snapshotter snapshotter, @Value("${order-workflow.inventory.snapshot-after:500}") int events) {
        return new EventCountSnapshotTriggerDefinition(snapshotter, events);
    }

    @Bean
    SnapshotFilter stockItemSnapshotFilter(Serializer serializer) {
        return new UsableSnapshots(StockItem.class, serializer);
    }
}
