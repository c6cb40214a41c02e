package io.orderworkflow.platform.projection;

import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.SavepointManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.DefaultTransactionDefinition;

/** Savepoints of the transaction that a batch is handled in. After a failed statement PostgreSQL accepts no other until
 * the transaction is rolled back to one. */
final class Savepoints {

    private static final TransactionDefinition RUNNING_ONE =
            new DefaultTransactionDefinition(TransactionDefinition.PROPAGATION_MANDATORY);

    private final PlatformTransactionManager transactions;

    Savepoints(PlatformTransactionManager transactions) {
        this.transactions = transactions;
    }

    Savepoint set() {
        SavepointManager transaction = transactions.getTransaction(RUNNING_ONE);
        return new Savepoint(transaction, transaction.createSavepoint());
    }

    /** A point that the transaction can be rolled back to. */
    record Savepoint(SavepointManager transaction, Object savepoint) {

        void rollBack() {
            transaction.rollbackToSavepoint(savepoint);
            transaction.releaseSavepoint(savepoint);
        }

        void release() {
            transaction.releaseSavepoint(savepoint);
        }
    }
}
