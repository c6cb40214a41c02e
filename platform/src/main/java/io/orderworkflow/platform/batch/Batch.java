package io.orderworkflow.platform.batch;

import io.orderworkflow.platform.batch.Savepoints.Savepoint;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.BiConsumer;
import java.util.function.Predicate;
import org.axonframework.messaging.unitofwork.CurrentUnitOfWork;
import org.axonframework.messaging.unitofwork.UnitOfWork;
import org.jspecify.annotations.Nullable;

/**
 * The events of one unit of work, and the {@link BatchedWork} that they made.
 *
 * <p>As it is, a batch succeeds or fails as a whole. It can be given {@link #addPart parts} that do so each by itself:
 * where one fails, what was done together is undone, and done again for the others. Their events are not handled
 * again, nor are their commands sent again.
 */
public final class Batch {

    private static final String RESOURCE = Batch.class.getName();

    private final Part whole = new Part();
    private final List<Part> parts = new ArrayList<>(List.of(whole));
    private final List<Runnable> settlements = new ArrayList<>();
    private Part current = whole;
    private @Nullable Savepoints savepoints;

    private Batch() {}

    /**
     * The batch that is being handled.
     *
     * @throws IllegalStateException if there is none, or if it is past taking more work
     */
    public static Batch current() {
        UnitOfWork<?> unitOfWork = CurrentUnitOfWork.get().root();
        if (unitOfWork.phase() != UnitOfWork.Phase.STARTED) {
            throw new IllegalStateException("a batch that commits takes no more work");
        }
        return unitOfWork.getOrComputeResource(RESOURCE, key -> {
            Batch batch = new Batch();
            unitOfWork.onPrepareCommit(committing -> batch.complete());
            return batch;
        });
    }

    /**
     * Adds a part, which fails or succeeds by itself.
     *
     * @param ofTransaction savepoints of the transaction that the batch is handled in
     */
    public Part addPart(Savepoints ofTransaction) {
        savepoints = ofTransaction;
        Part part = new Part();
        parts.add(part);
        return part;
    }

    /** Has something done before the commit, once it is known which parts have failed. */
    public void onSettled(Runnable settlement) {
        settlements.add(settlement);
    }

    Part part() {
        return current;
    }

    private void complete() {
        List<Part> open = notFailed();
        each(open, BatchedWork::begin);
        if (savepoints == null) {
            each(open, BatchedWork::write);
            open.forEach(Part::settle);
        } else {
            completeApart(open, savepoints);
        }
        each(failed(), BatchedWork::abandon);
        settlements.forEach(Runnable::run);
    }

    private void completeApart(List<Part> open, Savepoints ofTransaction) {
        Savepoint before = ofTransaction.set();
        write(open, before, ofTransaction);
        if (settle(open)) {
            before.rewind();
            write(notFailed(), before, ofTransaction);
        }
        if (whole.failure != null) {
            throw whole.failure;
        }
    }

    /** Writes for all at once, or, where that fails, for each by itself to find out whose rows cannot be written. */
    private void write(List<Part> open, Savepoint before, Savepoints ofTransaction) {
        try {
            each(open, BatchedWork::write);
        } catch (RuntimeException together) {
            throwIfPassing(together);
            before.rewind();
            for (Part part : open) {
                Savepoint beforePart = ofTransaction.set();
                try {
                    each(List.of(part), BatchedWork::write);
                    beforePart.release();
                } catch (RuntimeException alone) {
                    throwIfPassing(alone);
                    beforePart.rollBack();
                    part.failure = alone;
                }
            }
        }
    }

    /**
     * Waits for all, and tells whether any failed. Where none of those that were waited for succeeded, and all that
     * failed might succeed later, the fault is not in a part: then the batch as a whole has failed.
     */
    private boolean settle(List<Part> open) {
        List<RuntimeException> failures = new ArrayList<>();
        boolean anySucceeded = false;
        for (Part part : open) {
            try {
                anySucceeded |= part.failure == null && part.settle();
            } catch (RuntimeException failed) {
                part.failure = failed;
                failures.add(failed);
            }
            if (Thread.currentThread().isInterrupted()) {
                throw new PassingFaultException(
                        "interrupted while a batch waited",
                        failures.isEmpty() ? new InterruptedException() : failures.get(failures.size() - 1));
            }
        }
        Predicate<RuntimeException> passing = PassingFaultException::isPassing;
        if (!failures.isEmpty() && !anySucceeded && failures.stream().allMatch(passing)) {
            throw failures.get(0);
        }
        return !failures.isEmpty();
    }

    private static void throwIfPassing(RuntimeException failure) {
        if (PassingFaultException.isPassing(failure)) {
            throw failure;
        }
    }

    private List<Part> notFailed() {
        return parts.stream().filter(part -> part.failure == null).toList();
    }

    private List<Part> failed() {
        return parts.stream().filter(part -> part.failure != null).toList();
    }

    /** Does one step of the work of these parts, each kind at once for all of them. */
    private static void each(List<Part> parts, BiConsumer<BatchedWork<Object>, List<Object>> step) {
        Map<BatchedWork<Object>, List<Object>> gathered = new LinkedHashMap<>();
        parts.forEach(part -> part.gathered.forEach((work, ofPart) ->
                gathered.computeIfAbsent(work, first -> new ArrayList<>()).add(ofPart)));
        gathered.forEach(step);
    }

    /** Part of a batch, such as the events of one order. */
    public static final class Part {

        private final Map<BatchedWork<Object>, Object> gathered = new LinkedHashMap<>();
        private @Nullable RuntimeException failure;

        private Part() {}

        /**
         * Handles an event of this part. Should that fail, so has the part; a fault that passes, however, is none of
         * its own, and is thrown.
         */
        public void handle(Callable<?> handler) throws Exception {
            Batch batch = current();
            Part outer = batch.current;
            batch.current = this;
            try {
                handler.call();
            } catch (Exception failed) {
                if (PassingFaultException.isPassing(failed)) {
                    throw failed;
                }
                failure = failed instanceof RuntimeException unchecked ? unchecked : new IllegalStateException(failed);
            } finally {
                batch.current = outer;
            }
        }

        /** What this part failed with, if it did so by now. */
        public Optional<RuntimeException> failure() {
            return Optional.ofNullable(failure);
        }

        @SuppressWarnings("unchecked") // Each kind of work has what it made itself.
        <C> C gathered(BatchedWork<C> work) {
            return (C) gathered.computeIfAbsent((BatchedWork<Object>) work, BatchedWork::nothing);
        }

        private boolean settle() {
            boolean waited = false;
            for (Map.Entry<BatchedWork<Object>, Object> work : gathered.entrySet()) {
                waited |= work.getKey().settle(work.getValue());
            }
            return waited;
        }
    }
}
