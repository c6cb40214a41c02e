package io.orderworkflow.query;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.axonframework.messaging.unitofwork.CurrentUnitOfWork;

/** Tells others in this process that a batch has committed, for them to look at once. */
final class Commits {

    private final List<Runnable> listeners = new CopyOnWriteArrayList<>();

    /** Calls back after every commit. The listener must return at once, and not fail. */
    void listen(Runnable listener) {
        listeners.add(listener);
    }

    /** Tells so when the batch that is being handled has committed. */
    void tellOnceCommitted() {
        CurrentUnitOfWork.get().root().afterCommit(committed -> listeners.forEach(Runnable::run));
    }
}
