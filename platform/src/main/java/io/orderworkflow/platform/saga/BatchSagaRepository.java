package io.orderworkflow.platform.saga;

import io.orderworkflow.platform.batch.BatchedWork;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.axonframework.eventhandling.EventMessage;
import org.axonframework.messaging.annotation.HandlerDefinition;
import org.axonframework.messaging.annotation.MessageHandlerInterceptorMemberChain;
import org.axonframework.messaging.annotation.ParameterResolverFactory;
import org.axonframework.messaging.unitofwork.BatchingUnitOfWork;
import org.axonframework.messaging.unitofwork.CurrentUnitOfWork;
import org.axonframework.messaging.unitofwork.UnitOfWork;
import org.axonframework.modelling.saga.AnnotatedSaga;
import org.axonframework.modelling.saga.AssociationValue;
import org.axonframework.modelling.saga.Saga;
import org.axonframework.modelling.saga.SagaRepository;
import org.axonframework.modelling.saga.metamodel.AnnotationSagaMetaModelFactory;
import org.axonframework.modelling.saga.metamodel.SagaModel;
import org.jspecify.annotations.Nullable;

/**
 * A saga repository for batches: the sagas that the events of a batch concern are read with one query and written with
 * one statement, where Axon's reads and writes each on its own, and searches all sagas of the batch for every event.
 *
 * <p>It serves sagas with exactly one association, the one that starts them; that is what they are found by. The
 * segments of a processor may all see the events of every saga, but each loads and writes only its own: no locks are
 * needed.
 *
 * @param <T> the type of the sagas
 */
public final class BatchSagaRepository<T> implements SagaRepository<T> {

    private final SagaRows<T> rows;
    private final SagaModel<T> model;
    private final MessageHandlerInterceptorMemberChain<T> interceptors;
    private final BatchedWork<Touched> touched = new Writing();

    /** Creates the repository of one type of saga. */
    public BatchSagaRepository(
            Class<T> type, SagaRows<T> rows, ParameterResolverFactory parameters, HandlerDefinition handlers) {
        AnnotationSagaMetaModelFactory factory = new AnnotationSagaMetaModelFactory(parameters, handlers);
        this.rows = rows;
        this.model = factory.modelOf(type);
        this.interceptors = factory.chainedInterceptor(type);
    }

    @Override
    public Set<String> find(AssociationValue association) {
        Read batch = batch();
        batch.read(association);
        String sagaId = batch.idsByAssociation.get(association);
        return sagaId == null ? Set.of() : Set.of(sagaId);
    }

    @Override
    public @Nullable Saga<T> load(String sagaId) {
        return batch().load(sagaId);
    }

    @Override
    public Saga<T> createInstance(String sagaId, Supplier<T> factory) {
        AnnotatedSaga<T> saga = new AnnotatedSaga<>(sagaId, Set.of(), factory.get(), model, interceptors);
        batch().add(saga);
        return saga;
    }

    private Read batch() {
        UnitOfWork<?> unitOfWork = CurrentUnitOfWork.get().root();
        return unitOfWork.getOrComputeResource(toString(), key -> new Read(unitOfWork));
    }

    private AssociationValue onlyAssociation(AnnotatedSaga<T> saga) {
        Set<AssociationValue> associations = saga.getAssociationValues().asSet();
        if (associations.size() != 1) {
            throw new IllegalStateException(
                    "a saga of a batch has the one association that started it, not " + associations);
        }
        return associations.iterator().next();
    }

    /** The sagas that one batch of events concerns. */
    private final class Read {

        private final Map<String, SagaRows.StoredRow> stored = new HashMap<>();
        private final Map<String, AnnotatedSaga<T>> sagas = new HashMap<>();
        private final Map<AssociationValue, String> idsByAssociation = new HashMap<>();
        private final Set<AssociationValue> looked = new HashSet<>();

        private @Nullable AnnotatedSaga<T> unassociated;

        Read(UnitOfWork<?> unitOfWork) {
            if (unitOfWork instanceof BatchingUnitOfWork<?> batching) {
                Set<AssociationValue> concerned = new HashSet<>();
                batching.getMessages().forEach(message -> {
                    if (message instanceof EventMessage<?> event) {
                        associationOf(event).ifPresent(concerned::add);
                    }
                });
                read(concerned);
            }
        }

        private Optional<AssociationValue> associationOf(EventMessage<?> event) {
            try {
                return model.resolveAssociation(event);
            } catch (RuntimeException unreadable) {
                // It is going to fail when it is its turn, and is nothing to fail for on any other's.
                return Optional.empty();
            }
        }

        void add(AnnotatedSaga<T> saga) {
            sagas.put(saga.getSagaIdentifier(), saga);
            unassociated = saga;
            touched.current().begun.add(saga);
        }

        @Nullable
        AnnotatedSaga<T> load(String sagaId) {
            AnnotatedSaga<T> saga = sagas.get(sagaId);
            if (saga != null) {
                return saga;
            }
            SagaRows.StoredRow row = stored.get(sagaId);
            if (row == null) {
                return null;
            }
            saga = new AnnotatedSaga<>(row.sagaId(), Set.of(row.association()), rows.read(row), model, interceptors);
            sagas.put(sagaId, saga);
            touched.current().goneOn.add(saga);
            return saga;
        }

        void read(AssociationValue association) {
            associateLastCreated();
            if (!looked.contains(association)) {
                read(Set.of(association));
            }
        }

        /** A saga is associated only after it was created, before the next event is looked at. */
        private void associateLastCreated() {
            if (unassociated != null) {
                idsByAssociation.put(onlyAssociation(unassociated), unassociated.getSagaIdentifier());
                unassociated = null;
            }
        }

        private void read(Set<AssociationValue> associations) {
            looked.addAll(associations);
            for (SagaRows.StoredRow row : rows.find(associations)) {
                stored.put(row.sagaId(), row);
                idsByAssociation.put(row.association(), row.sagaId());
            }
        }
    }

    /**
     * The sagas that one part of a batch has turned to: only these belong to its segment. Others may have been found as
     * well, but somebody else may be writing them now.
     */
    private final class Touched {

        private final Set<AnnotatedSaga<T>> begun = new LinkedHashSet<>();
        private final Set<AnnotatedSaga<T>> goneOn = new LinkedHashSet<>();

        /** Tells which of them have ended and which are to be kept. */
        void sort(List<AssociationValue> ended, List<SagaRows.Row<T>> kept) {
            for (AnnotatedSaga<T> saga : goneOn) {
                if (saga.isActive()) {
                    kept.add(row(saga));
                } else {
                    ended.add(onlyAssociation(saga));
                }
            }
            for (AnnotatedSaga<T> saga : begun) {
                if (saga.isActive()) {
                    kept.add(row(saga));
                }
            }
        }

        private SagaRows.Row<T> row(AnnotatedSaga<T> saga) {
            return new SagaRows.Row<>(saga.getSagaIdentifier(), onlyAssociation(saga), saga.root());
        }
    }

    private final class Writing extends BatchedWork<Touched> {

        @Override
        protected Touched nothing() {
            return new Touched();
        }

        @Override
        protected void write(List<Touched> parts) {
            List<AssociationValue> ended = new ArrayList<>();
            List<SagaRows.Row<T>> kept = new ArrayList<>();
            parts.forEach(part -> part.sort(ended, kept));
            // In this order: another one may have begun where one ended.
            rows.delete(ended);
            rows.write(kept);
        }
    }
}
