package io.orderworkflow.platform.projection;

import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * What the handlers of a projection gather while a batch of events is handled, for it to be written at once when the
 * batch is about to commit. A handler only adds to {@link #current()}, and does no I/O.
 *
 * @param <C> the changes of one batch
 */
public final class BatchedChanges<C> {

    private final Supplier<C> none;
    private final Consumer<? super C> write;
    private final boolean last;

    /**
     * Creates the changes of a projection.
     *
     * @param none makes an empty set of changes
     * @param write writes changes to the database; called once for each set, within the batch's transaction
     */
    public BatchedChanges(Supplier<C> none, Consumer<? super C> write) {
        this(none, write, false);
    }

    private BatchedChanges(Supplier<C> none, Consumer<? super C> write, boolean last) {
        this.none = none;
        this.write = write;
        this.last = last;
    }

    /** Changes that are written behind those of all others: because what they lock is to be locked briefly. */
    public static <C> BatchedChanges<C> writtenLast(Supplier<C> none, Consumer<? super C> write) {
        return new BatchedChanges<>(none, write, true);
    }

    /** The changes of the batch that is being handled. */
    public C current() {
        return PendingChanges.ofCurrentBatch().of(this);
    }

    boolean isLast() {
        return last;
    }

    C none() {
        return none.get();
    }

    void write(C changes) {
        write.accept(changes);
    }
}
