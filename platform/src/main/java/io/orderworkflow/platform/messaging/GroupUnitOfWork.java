package io.orderworkflow.platform.messaging;

import java.util.List;
import org.axonframework.commandhandling.CommandMessage;
import org.axonframework.common.transaction.Transaction;
import org.axonframework.common.transaction.TransactionManager;
import org.axonframework.messaging.Message;
import org.axonframework.messaging.MetaData;
import org.axonframework.messaging.unitofwork.BatchingUnitOfWork;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The unit of work of a group of commands; it ends its transaction whatever happens, and knows how that went. */
final class GroupUnitOfWork extends BatchingUnitOfWork<CommandMessage<?>> {

    private static final Logger log = LoggerFactory.getLogger(GroupUnitOfWork.class);

    private final GroupedStore store;
    private boolean commitFailed;
    private @Nullable Message<?> cause;
    private MetaData handedOn = MetaData.emptyInstance();

    GroupUnitOfWork(List<CommandMessage<?>> commands, GroupedStore store) {
        super(commands);
        this.store = store;
    }

    void begin(TransactionManager transactions) {
        Transaction transaction = transactions.startTransaction();
        // Before the start, which turns to the last command: what belongs to the first one is committed last.
        onCommit(unitOfWork -> commit(transaction));
        onRollback(unitOfWork -> transaction.rollback());
        start();
    }

    private void commit(Transaction transaction) {
        store.flush();
        commitFailed = true;
        transaction.commit();
        commitFailed = false;
    }

    /** Whether the database may have committed although that failed, as when the connection breaks meanwhile. */
    boolean isMaybeCommitted() {
        return commitFailed;
    }

    /** The same for all that a command causes, so copied once. Nothing as long as nobody is registered who tells it. */
    @Override
    public MetaData getCorrelationData() {
        if (cause != getMessage() || handedOn.isEmpty()) {
            cause = getMessage();
            handedOn = super.getCorrelationData();
        }
        return handedOn;
    }

    /** Axon rolls back on exceptions only: an error would leave the transaction open, and the thread in it. */
    @Override
    protected void notifyHandlers(Phase phase) {
        try {
            super.notifyHandlers(phase);
        } catch (Error e) {
            if (!phase.isSuppressHandlerErrors()) {
                throw new IllegalStateException(e);
            }
            log.error("{} of a group of commands failed", phase, e);
        }
    }
}
