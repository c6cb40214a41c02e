package io.orderworkflow.platform.store;

import java.util.stream.Stream;
import org.axonframework.eventhandling.TrackedEventData;
import org.axonframework.eventhandling.TrackingToken;
import org.axonframework.eventsourcing.eventstore.jdbc.JdbcEventStorageEngine;
import org.jspecify.annotations.Nullable;

/**
 * Axon's engine, with shorter reads for the one thread that reads on for all streams. That thread reads again until
 * nothing is found any more; Axon's stream does so too, which made two vain transactions of each that found something.
 */
final class PostgresEventStorageEngine extends JdbcEventStorageEngine {

    PostgresEventStorageEngine(Builder builder) {
        super(builder);
    }

    @Override
    protected Stream<? extends TrackedEventData<?>> readEventData(@Nullable TrackingToken token, boolean mayBlock) {
        return mayBlock ? fetchTrackedEvents(token, batchSize()).stream() : super.readEventData(token, false);
    }
}
