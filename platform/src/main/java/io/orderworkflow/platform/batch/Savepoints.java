package io.orderworkflow.platform.batch;

import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.SavepointManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.DefaultTransactionDefinition;

/**
 * Savepoints of the transaction that a batch is handled in. After a failed statement PostgreSQL accepts no other until
 * the transaction is rolled back to one.
 */
public final class Savepoints {

    private static final TransactionDefinition RUNNING_ONE =
            new DefaultTransactionDefinition(TransactionDefinition.PROPAGATION_MANDATORY);

    private final PlatformTransactionManager transactions;

    /** Creates the savepoints of the transactions of that manager. */
    public Savepoints(PlatformTransactionManager transactions) {
        this.transactions = transactions;
    }

    /** Marks where the running transaction stands. */
    public Savepoint set() {
        SavepointManager transaction = transactions.getTransaction(RUNNING_ONE);
        return new Savepoint(transaction, transaction.createSavepoint());
    }

    /**
     * A point that the transaction can be rolled back to.
     *
     * @param transaction whose point it is
     * @param savepoint what the transaction knows it by
     */
    public record Savepoint(SavepointManager transaction, Object savepoint) {

        /** Undoes what was done since, and forgets the point. */
        public void rollBack() {
            rewind();
            release();
        }

        /** Undoes what was done since; the point stays. */
        public void rewind() {
            transaction.rollbackToSavepoint(savepoint);
        }

        /** Forgets the point; what was done since stays. */
        public void release() {
            transaction.releaseSavepoint(savepoint);
        }
    }
}
