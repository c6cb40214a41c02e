package io.orderworkflow.platform.saga;

import io.orderworkflow.platform.batch.Savepoints;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.axonframework.common.transaction.TransactionManager;
import org.axonframework.config.Configuration;
import org.axonframework.eventhandling.EventMessage;
import org.axonframework.eventhandling.async.SequencingPolicy;
import org.axonframework.modelling.saga.AbstractSagaManager;
import org.axonframework.modelling.saga.SagaRepository;
import org.springframework.transaction.PlatformTransactionManager;

/** Gives sagas what lets one of them fail without holding up the others. */
public final class SagaParking {

    private final ParkedSequences parked;
    private final RetryQueue queue;
    private final PlatformTransactionManager transactions;
    private final SagaParkingSettings settings;
    private final Clock clock;
    private final List<IsolatedSagas<?>> sagas = new CopyOnWriteArrayList<>();

    SagaParking(
            ParkedSequences parked,
            RetryQueue queue,
            PlatformTransactionManager transactions,
            SagaParkingSettings settings,
            Clock clock) {
        this.parked = parked;
        this.queue = queue;
        this.transactions = transactions;
        this.settings = settings;
        this.clock = clock;
    }

    /**
     * Sagas of one type, to be registered as Axon's manager of them.
     *
     * @param sequence whose events are handled one after the other, by the same segment, and parked together, told by
     *     a text; the events of one saga belong to one sequence
     */
    public <T> AbstractSagaManager<T> isolated(
            Class<T> type,
            SagaRepository<T> repository,
            SequencingPolicy<? super EventMessage<?>> sequence,
            Configuration axon) {
        IsolatedSagas<T> isolated = new IsolatedSagas<>(
                type,
                repository,
                axon,
                new IsolatedSagas.Parking(
                        event -> String.valueOf(sequence.getSequenceIdentifierFor(event)),
                        parked,
                        queue,
                        new Savepoints(transactions),
                        axon.getComponent(TransactionManager.class),
                        settings,
                        clock));
        sagas.add(isolated);
        return isolated;
    }

    /** Tries again whatever is due. */
    void retryDue() {
        sagas.forEach(IsolatedSagas::retryDue);
    }
}
