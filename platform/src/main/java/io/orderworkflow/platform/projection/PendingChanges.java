package io.orderworkflow.platform.projection;

import java.util.LinkedHashMap;
import java.util.Map;
import org.axonframework.messaging.unitofwork.CurrentUnitOfWork;
import org.axonframework.messaging.unitofwork.UnitOfWork;

/** What the projections gathered in the batch that is being handled, and have not written yet. */
final class PendingChanges {

    private final Map<BatchedChanges<?>, Object> changes = new LinkedHashMap<>();

    private PendingChanges() {}

    static PendingChanges ofCurrentBatch() {
        UnitOfWork<?> batch = CurrentUnitOfWork.get().root();
        return batch.getOrComputeResource(PendingChanges.class.getName(), key -> {
            PendingChanges pending = new PendingChanges();
            batch.onPrepareCommit(committing -> pending.write());
            return pending;
        });
    }

    @SuppressWarnings("unchecked") // Each key has the value that it made.
    <C> C of(BatchedChanges<C> projection) {
        return (C) changes.computeIfAbsent(projection, BatchedChanges::none);
    }

    void write() {
        Map<BatchedChanges<?>, Object> written = new LinkedHashMap<>(changes);
        changes.clear();
        write(written, false);
        write(written, true);
    }

    private static void write(Map<BatchedChanges<?>, Object> gathered, boolean last) {
        gathered.forEach((projection, changed) -> {
            if (projection.isLast() == last) {
                write(projection, changed);
            }
        });
    }

    @SuppressWarnings("unchecked") // Each key has the value that it made.
    private static <C> void write(BatchedChanges<C> projection, Object gathered) {
        projection.write((C) gathered);
    }

    void discard() {
        changes.clear();
    }
}
