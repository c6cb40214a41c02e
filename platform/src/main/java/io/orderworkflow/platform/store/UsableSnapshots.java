package io.orderworkflow.platform.store;

import java.util.Objects;
import org.axonframework.eventhandling.DomainEventData;
import org.axonframework.eventsourcing.snapshotting.SnapshotFilter;
import org.axonframework.serialization.AnnotationRevisionResolver;
import org.axonframework.serialization.Serializer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lets a snapshot be used only if it is of the state as it is today and can be read; without it the aggregate is read
 * from its events, which are always right.
 *
 * <p>Axon looks at the revision alone, and reads a snapshot only when it makes the aggregate: one that cannot be read
 * would fail every command from then on, and one whose class is gone would be taken for an event that nobody handles,
 * and everything before it be forgotten. That it is read twice costs little: it happens only to what is in no cache.
 */
public final class UsableSnapshots implements SnapshotFilter {

    private static final Logger log = LoggerFactory.getLogger(UsableSnapshots.class);

    private final Class<?> aggregate;
    private final @Nullable String revision;
    private final Serializer serializer;

    /** Creates the filter for aggregates of that type, whose annotation tells the revision of their state. */
    public UsableSnapshots(Class<?> aggregate, Serializer serializer) {
        this.aggregate = aggregate;
        this.revision = new AnnotationRevisionResolver().revisionOf(aggregate);
        this.serializer = serializer;
    }

    @Override
    public boolean test(DomainEventData<?> snapshot) {
        return !aggregate.getSimpleName().equals(snapshot.getType()) || (isOfToday(snapshot) && isReadable(snapshot));
    }

    private boolean isOfToday(DomainEventData<?> snapshot) {
        return Objects.equals(revision, snapshot.getPayload().getType().getRevision());
    }

    private boolean isReadable(DomainEventData<?> snapshot) {
        try {
            Object state = serializer.deserialize(snapshot.getPayload());
            if (aggregate.isInstance(state)) {
                return true;
            }
            warn(snapshot, null);
        } catch (RuntimeException | LinkageError failure) {
            warn(snapshot, failure);
        }
        return false;
    }

    private static void warn(DomainEventData<?> snapshot, @Nullable Throwable failure) {
        log.warn(
                "the snapshot of {} at {} cannot be read, its events are",
                snapshot.getAggregateIdentifier(),
                snapshot.getSequenceNumber(),
                failure);
    }
}
