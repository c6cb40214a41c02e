package io.orderworkflow.simulator;

import io.orderworkflow.platform.store.AggregateCache;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.axonframework.commandhandling.CommandMessage;
import org.axonframework.commandhandling.CommandMessageHandler;
import org.axonframework.common.lock.NullLockFactory;
import org.axonframework.eventsourcing.EventSourcingRepository;
import org.axonframework.eventsourcing.eventstore.EmbeddedEventStore;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.axonframework.messaging.ResultMessage;
import org.axonframework.messaging.annotation.ClasspathParameterResolverFactory;
import org.axonframework.messaging.annotation.MultiParameterResolverFactory;
import org.axonframework.messaging.annotation.ParameterResolverFactory;
import org.axonframework.messaging.annotation.SimpleResourceParameterResolverFactory;
import org.axonframework.messaging.unitofwork.DefaultUnitOfWork;
import org.axonframework.messaging.unitofwork.RollbackConfigurationType;
import org.axonframework.modelling.command.AggregateAnnotationCommandHandler;
import org.axonframework.modelling.command.NoArgumentConstructorCreationPolicyAggregateFactory;
import org.axonframework.modelling.command.Repository;
import org.axonframework.modelling.command.inspection.AggregateModel;
import org.axonframework.modelling.command.inspection.AnnotatedAggregateMetaModelFactory;

/** The real aggregates over an event log; their models are built once, and serve all runs. */
final class Aggregates {

    private static final int CACHE_SIZE = 1_000;

    private final Map<String, CommandMessageHandler> handlers = new HashMap<>();
    private final AggregateCache cache = new AggregateCache(CACHE_SIZE);
    private final EventStore store;

    Aggregates(EventLog log) {
        store = EmbeddedEventStore.builder().storageEngine(log).build();
    }

    /** Adds a type of aggregates, and returns their repository. */
    <T> Repository<T> add(Class<T> type, List<Object> resources) {
        ParameterResolverFactory parameters = MultiParameterResolverFactory.ordered(
                ClasspathParameterResolverFactory.forClass(type),
                new SimpleResourceParameterResolverFactory(resources));
        AggregateModel<T> model = AnnotatedAggregateMetaModelFactory.inspectAggregate(type, parameters);
        Repository<T> repository = EventSourcingRepository.builder(type)
                .aggregateModel(model)
                .parameterResolverFactory(parameters)
                .eventStore(store)
                .cache(cache)
                .lockFactory(NullLockFactory.INSTANCE)
                .build();
        AggregateAnnotationCommandHandler<T> handler = AggregateAnnotationCommandHandler.<T>builder()
                .aggregateType(type)
                .aggregateModel(model)
                .repository(repository)
                .parameterResolverFactory(parameters)
                .creationPolicyAggregateFactory(new NoArgumentConstructorCreationPolicyAggregateFactory<>(type))
                .build();
        handler.supportedCommandNames().forEach(name -> handlers.put(name, handler));
        return repository;
    }

    /** Forgets what is only in memory. */
    void forget() {
        cache.removeAll();
    }

    /** Handles a command in a transaction of its own. */
    void handle(CommandMessage<?> command) throws Exception {
        CommandMessageHandler handler = handlers.get(command.getCommandName());
        if (handler == null) {
            throw new IllegalStateException("nobody handles " + command.getCommandName());
        }
        ResultMessage<?> result = DefaultUnitOfWork.startAndGet(command)
                .executeWithResult(() -> handler.handle(command), RollbackConfigurationType.ANY_THROWABLE);
        if (result.isExceptional()) {
            throw result.exceptionResult() instanceof Exception failure
                    ? failure
                    : new IllegalStateException(result.exceptionResult());
        }
    }
}
