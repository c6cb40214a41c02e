package io.orderworkflow.simulator;

import java.util.ArrayList;
import java.util.List;
import org.axonframework.eventhandling.EventMessage;
import org.axonframework.messaging.unitofwork.CurrentUnitOfWork;
import org.axonframework.messaging.unitofwork.DefaultUnitOfWork;

/** The unit of work of a batch of events, which can be left in the middle of its commit and be taken up again. */
final class BatchOfEvents extends DefaultUnitOfWork<EventMessage<?>> {

    private final List<Runnable> durableChanges = new ArrayList<>();

    BatchOfEvents(EventMessage<?> first) {
        super(first);
    }

    /** The batch that is being handled. */
    static BatchOfEvents current() {
        return (BatchOfEvents) CurrentUnitOfWork.get().root();
    }

    void turnTo(EventMessage<?> event) {
        transformMessage(previous -> event);
    }

    /** Becomes effective if the batch commits, together with everything else of it. */
    void durably(Runnable change) {
        durableChanges.add(change);
    }

    /** The first half of the commit, after which others may go on: commands are sent. */
    void prepare() {
        changePhase(Phase.PREPARE_COMMIT);
        CurrentUnitOfWork.clear(this);
    }

    /** The second half: the commands' answers are looked at, and everything becomes durable. */
    void commit(Runnable token) {
        CurrentUnitOfWork.set(this);
        changePhase(Phase.COMMIT);
        durableChanges.forEach(Runnable::run);
        token.run();
        CurrentUnitOfWork.clear(this);
    }

    /** What follows the commit, unless the process dies just then. */
    void follow() {
        CurrentUnitOfWork.set(this);
        changePhase(Phase.AFTER_COMMIT, Phase.CLEANUP, Phase.CLOSED);
        CurrentUnitOfWork.clear(this);
    }

    void abandon(Throwable cause) {
        if (!isTheCurrentOne()) {
            CurrentUnitOfWork.set(this);
        }
        setRollbackCause(cause);
        changePhase(Phase.ROLLBACK, Phase.CLEANUP, Phase.CLOSED);
        CurrentUnitOfWork.clear(this);
    }

    private boolean isTheCurrentOne() {
        return CurrentUnitOfWork.isStarted() && CurrentUnitOfWork.get() == this;
    }
}
