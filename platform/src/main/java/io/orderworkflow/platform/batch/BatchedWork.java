package io.orderworkflow.platform.batch;

import java.util.List;

/**
 * Work of one kind that handlers gather while a batch of events is handled. A handler only adds to {@link #current()};
 * everything else happens when the batch is about to commit, within its transaction, in the order of the methods here.
 *
 * @param <C> what is gathered for one part of a batch
 */
public abstract class BatchedWork<C> {

    /** What was gathered for the part of the batch that is being handled, to be added to. */
    public final C current() {
        return Batch.current().part().gathered(this);
    }

    /** Nothing gathered yet. */
    protected abstract C nothing();

    /**
     * Begins what is done elsewhere, such as sending commands: it goes on while rows are being written here.
     *
     * @param parts what was gathered, for each part of the batch
     */
    protected void begin(List<C> parts) {}

    /**
     * Writes rows. May be called several times, after what was written before was undone, and for fewer parts then.
     *
     * @param parts what was gathered, for each part of the batch that is to be kept
     */
    protected void write(List<C> parts) {}

    /**
     * Waits for what was begun; throws what it failed with, a {@link PassingFaultException} if that will pass.
     *
     * @param part what was gathered for one part of the batch
     * @return whether there was anything to wait for
     */
    protected boolean settle(C part) {
        return false;
    }

    /**
     * Notes what was tried in vain, right before the commit. Must not fail for a single part's sake.
     *
     * @param parts what was gathered, for each part of the batch that failed
     */
    protected void abandon(List<C> parts) {}
}
