package io.orderworkflow.simulator;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.axonframework.messaging.annotation.HandlerDefinition;
import org.axonframework.messaging.annotation.MessageHandlerInterceptorMemberChain;
import org.axonframework.messaging.annotation.ParameterResolverFactory;
import org.axonframework.modelling.saga.AnnotatedSaga;
import org.axonframework.modelling.saga.AssociationValue;
import org.axonframework.modelling.saga.Saga;
import org.axonframework.modelling.saga.SagaRepository;
import org.axonframework.modelling.saga.metamodel.AnnotationSagaMetaModelFactory;
import org.axonframework.modelling.saga.metamodel.SagaModel;
import org.axonframework.serialization.SerializedObject;
import org.axonframework.serialization.Serializer;
import org.jspecify.annotations.Nullable;

/**
 * The states of all sagas of one type, written as JSON when their batch commits: what is not written, or not read back,
 * is lost here as it is in the program. One association a saga, as there.
 */
final class SagaStates<T> implements SagaRepository<T> {

    private final Map<String, Row> rows = new TreeMap<>();
    private final SagaModel<T> model;
    private final MessageHandlerInterceptorMemberChain<T> interceptors;
    private final Serializer serializer;

    SagaStates(Class<T> type, Serializer serializer, ParameterResolverFactory parameters, HandlerDefinition handlers) {
        AnnotationSagaMetaModelFactory factory = new AnnotationSagaMetaModelFactory(parameters, handlers);
        this.model = factory.modelOf(type);
        this.interceptors = factory.chainedInterceptor(type);
        this.serializer = serializer;
    }

    void clear() {
        rows.clear();
    }

    SagaModel<T> model() {
        return model;
    }

    @Override
    public Set<String> find(AssociationValue association) {
        return batch().find(association);
    }

    @Override
    public @Nullable Saga<T> load(String sagaId) {
        return batch().load(sagaId);
    }

    @Override
    public Saga<T> createInstance(String sagaId, Supplier<T> factory) {
        AnnotatedSaga<T> saga = new AnnotatedSaga<>(sagaId, Set.of(), factory.get(), model, interceptors);
        batch().sagas.put(sagaId, saga);
        batch().own.add(saga);
        return saga;
    }

    private Batch batch() {
        BatchOfEvents unitOfWork = BatchOfEvents.current();
        return unitOfWork.getOrComputeResource(SagaStates.class.getName() + System.identityHashCode(this), key -> {
            Batch batch = new Batch();
            unitOfWork.onPrepareCommit(committing -> batch.write(unitOfWork));
            return batch;
        });
    }

    private static String key(AssociationValue association) {
        return association.getKey() + "=" + association.getValue();
    }

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder();
        rows.forEach((key, row) -> text.append(key).append(row.state().getData()));
        return text.toString();
    }

    boolean isEmpty() {
        return rows.isEmpty();
    }

    private final class Batch {

        private final Map<String, AnnotatedSaga<T>> sagas = new LinkedHashMap<>();
        private final Map<String, String> found = new HashMap<>();
        /** Those of the batch's segment: others were only looked at. */
        private final Set<AnnotatedSaga<T>> own = new LinkedHashSet<>();

        @Nullable
        AnnotatedSaga<T> load(String sagaId) {
            AnnotatedSaga<T> saga = sagas.get(sagaId);
            if (saga != null) {
                own.add(saga);
            }
            return saga;
        }

        Set<String> find(AssociationValue association) {
            sagas.forEach((id, saga) -> saga.getAssociationValues().forEach(value -> found.put(key(value), id)));
            Row row = rows.get(key(association));
            if (row != null && !found.containsKey(key(association))) {
                sagas.put(
                        row.sagaId(),
                        new AnnotatedSaga<>(
                                row.sagaId(),
                                Set.of(association),
                                serializer.deserialize(row.state()),
                                model,
                                interceptors));
                found.put(key(association), row.sagaId());
            }
            String sagaId = found.get(key(association));
            return sagaId == null ? Set.of() : Set.of(sagaId);
        }

        void write(BatchOfEvents unitOfWork) {
            own.stream()
                    .filter(saga -> !saga.isActive())
                    .forEach(saga -> unitOfWork.durably(() -> rows.remove(onlyAssociation(saga))));
            own.stream().filter(AnnotatedSaga::isActive).forEach(saga -> {
                Row row = new Row(saga.getSagaIdentifier(), serializer.serialize(saga.root(), String.class));
                unitOfWork.durably(() -> rows.put(onlyAssociation(saga), row));
            });
        }

        private String onlyAssociation(AnnotatedSaga<T> saga) {
            return key(saga.getAssociationValues().iterator().next());
        }
    }

    private record Row(String sagaId, SerializedObject<String> state) {}
}
