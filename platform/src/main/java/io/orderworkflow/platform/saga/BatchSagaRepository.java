package io.orderworkflow.platform.saga;

import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
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
 * segments of a processor all see the events of every saga, but each loads and writes only its own: no locks are
 * needed.
 *
 * @param <T> the type of the sagas
 */
public final class BatchSagaRepository<T> implements SagaRepository<T> {

    private final SagaRows<T> rows;
    private final SagaModel<T> model;
    private final MessageHandlerInterceptorMemberChain<T> interceptors;

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
        Batch batch = batch();
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

    private Batch batch() {
        UnitOfWork<?> unitOfWork = CurrentUnitOfWork.get().root();
        return unitOfWork.getOrComputeResource(toString(), key -> {
            Batch batch = new Batch(unitOfWork);
            unitOfWork.onPrepareCommit(committing -> batch.write());
            return batch;
        });
    }

    /** The sagas that one batch of events concerns. */
    private final class Batch {

        private final Map<String, AnnotatedSaga<T>> sagas = new LinkedHashMap<>();
        private final Map<AssociationValue, String> idsByAssociation = new HashMap<>();
        private final Set<AssociationValue> looked = new HashSet<>();
        private final Set<String> stored = new HashSet<>();
        /** Those of this segment: others were read as well, but belong to somebody who may be writing them now. */
        private final Set<AnnotatedSaga<T>> own = new LinkedHashSet<>();

        private @Nullable AnnotatedSaga<T> unassociated;

        Batch(UnitOfWork<?> unitOfWork) {
            if (unitOfWork instanceof BatchingUnitOfWork<?> batching) {
                Set<AssociationValue> concerned = new HashSet<>();
                batching.getMessages().forEach(message -> {
                    if (message instanceof EventMessage<?> event) {
                        model.resolveAssociation(event).ifPresent(concerned::add);
                    }
                });
                read(concerned);
            }
        }

        void add(AnnotatedSaga<T> saga) {
            sagas.put(saga.getSagaIdentifier(), saga);
            own.add(saga);
            unassociated = saga;
        }

        @Nullable
        AnnotatedSaga<T> load(String sagaId) {
            AnnotatedSaga<T> saga = sagas.get(sagaId);
            if (saga != null) {
                own.add(saga);
            }
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
            for (SagaRows.Row<T> row : rows.find(associations)) {
                AnnotatedSaga<T> saga =
                        new AnnotatedSaga<>(row.sagaId(), Set.of(row.association()), row.saga(), model, interceptors);
                sagas.put(row.sagaId(), saga);
                idsByAssociation.put(row.association(), row.sagaId());
                stored.add(row.sagaId());
            }
        }

        void write() {
            List<AssociationValue> ended = own.stream()
                    .filter(saga -> !saga.isActive() && stored.contains(saga.getSagaIdentifier()))
                    .map(this::onlyAssociation)
                    .toList();
            List<SagaRows.Row<T>> kept = own.stream()
                    .filter(Saga::isActive)
                    .map(saga -> new SagaRows.Row<>(saga.getSagaIdentifier(), onlyAssociation(saga), saga.root()))
                    .toList();
            // In this order: another one may have begun where one ended.
            rows.delete(ended);
            rows.write(kept);
        }

        private AssociationValue onlyAssociation(AnnotatedSaga<T> saga) {
            Set<AssociationValue> associations = saga.getAssociationValues().asSet();
            if (associations.size() != 1) {
                throw new IllegalStateException(
                        "a saga of a batch has the one association that started it, not " + associations);
            }
            return associations.iterator().next();
        }
    }
}
