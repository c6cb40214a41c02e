package io.orderworkflow.inventory;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.annotation.JsonAutoDetect.Visibility;
import io.orderworkflow.api.Sku;
import io.orderworkflow.api.inventory.StockCommand;
import io.orderworkflow.api.inventory.StockEvent;
import io.orderworkflow.platform.messaging.AskedAt;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.axonframework.commandhandling.CommandMessage;
import org.axonframework.commandhandling.GenericCommandMessage;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.eventhandling.EventMessage;
import org.axonframework.eventhandling.SimpleEventBus;
import org.axonframework.eventsourcing.EventSourcedAggregate;
import org.axonframework.eventsourcing.NoSnapshotTriggerDefinition;
import org.axonframework.eventsourcing.eventstore.DomainEventStream;
import org.axonframework.messaging.ResultMessage;
import org.axonframework.messaging.unitofwork.DefaultUnitOfWork;
import org.axonframework.modelling.command.Repository;
import org.axonframework.modelling.command.RepositoryProvider;
import org.axonframework.modelling.command.inspection.AggregateModel;
import org.axonframework.modelling.command.inspection.AnnotatedAggregateMetaModelFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * One stock item under Axon's own machinery, without a store: commands cost the same however many went before, and the
 * state can be looked at, written down and restored between any two.
 */
final class StockItemOnBench {

    /** As Axon's serializer is set up: it sees fields. */
    static final JsonMapper JSON = JsonMapper.builder()
            .changeDefaultVisibility(visibility -> visibility.withFieldVisibility(Visibility.ANY))
            .build();

    private static final AggregateModel<StockItem> MODEL =
            AnnotatedAggregateMetaModelFactory.inspectAggregate(StockItem.class);

    private static final RepositoryProvider NO_REPOSITORIES = new RepositoryProvider() {
        @Override
        public <T> Repository<T> repositoryFor(Class<T> aggregateType) {
            throw new UnsupportedOperationException("a stock item needs no other aggregate");
        }
    };

    private final List<DomainEventMessage<?>> history = new ArrayList<>();
    private final SimpleEventBus eventBus = SimpleEventBus.builder().build();
    private EventSourcedAggregate<StockItem> stockItem = aggregateOf(new StockItem());

    StockItemOnBench() {
        eventBus.subscribe(published -> published.forEach(event -> history.add((DomainEventMessage<?>) event)));
    }

    /** Hands it the command, and returns what it published; throws what it throws. */
    List<StockEvent> handle(StockCommand command) {
        return handle(GenericCommandMessage.<StockCommand>asCommandMessage(command));
    }

    /** The same, as a process asked it then. */
    List<StockEvent> handle(StockCommand command, Instant asked) {
        return handle(AskedAt.on(GenericCommandMessage.<StockCommand>asCommandMessage(command), asked));
    }

    private List<StockEvent> handle(CommandMessage<StockCommand> message) {
        int before = history.size();
        ResultMessage<Object> result =
                DefaultUnitOfWork.startAndGet(message).executeWithResult(() -> stockItem.handle(message));
        if (result.isExceptional()) {
            assertThat(history).hasSize(before);
            throw (RuntimeException) result.exceptionResult();
        }
        return history.subList(before, history.size()).stream()
                .map(event -> (StockEvent) event.getPayload())
                .toList();
    }

    /** Opens it, as its product does. */
    void open(Sku sku) {
        DefaultUnitOfWork.startAndGet(null).execute(() -> stockItem.execute(item -> item.open(sku)));
    }

    /** All that it published. */
    Stream<StockEvent> events() {
        return history.stream().map(EventMessage::getPayload).map(StockEvent.class::cast);
    }

    JsonNode state() {
        return JSON.valueToTree(stockItem.getAggregateRoot());
    }

    /** The state that another one has after the same events. */
    JsonNode stateReplayed() {
        EventSourcedAggregate<StockItem> replayed = aggregateOf(new StockItem());
        replayed.initializeState(DomainEventStream.of(history));
        return JSON.valueToTree(replayed.getAggregateRoot());
    }

    /** Goes on with what is left of the state when it is written down and restored. */
    void restoreFromJson() {
        stockItem = aggregateOf(JSON.readValue(JSON.writeValueAsString(stockItem.getAggregateRoot()), StockItem.class));
    }

    private EventSourcedAggregate<StockItem> aggregateOf(StockItem root) {
        return EventSourcedAggregate.reconstruct(
                root,
                MODEL,
                history.size() - 1L,
                false,
                eventBus,
                NO_REPOSITORIES,
                NoSnapshotTriggerDefinition.TRIGGER);
    }
}
