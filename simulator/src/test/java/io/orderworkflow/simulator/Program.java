package io.orderworkflow.simulator;

import io.orderworkflow.inventory.InventoryParts;
import io.orderworkflow.order.OrderParts;
import io.orderworkflow.payment.PaymentParts;
import io.orderworkflow.payment.provider.PaymentProvider;
import io.orderworkflow.platform.messaging.MessageSerializer;
import io.orderworkflow.saga.OrderProcessingSaga;
import io.orderworkflow.saga.OrderRefundSaga;
import io.orderworkflow.saga.SagaParts;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.axonframework.commandhandling.CommandMessage;
import org.axonframework.eventhandling.GenericEventMessage;
import org.axonframework.eventhandling.PropagatingErrorHandler;
import org.axonframework.messaging.annotation.ClasspathHandlerDefinition;
import org.axonframework.messaging.annotation.ClasspathParameterResolverFactory;
import org.axonframework.messaging.annotation.MultiParameterResolverFactory;
import org.axonframework.messaging.annotation.ParameterResolverFactory;
import org.axonframework.messaging.annotation.SimpleResourceParameterResolverFactory;
import org.axonframework.modelling.command.Repository;
import org.axonframework.modelling.saga.AnnotatedSagaManager;

/** The program under test, put together once: its aggregates and sagas, over stores that are emptied for every run. */
final class Program {

    final VirtualClock clock = new VirtualClock();
    final EventLog log = new EventLog();
    final Aggregates aggregates = new Aggregates(log);
    final DurableSchedule schedule = new DurableSchedule(clock);
    final Post sagaPost = new Post();
    final List<SagaStates<?>> states = new ArrayList<>();
    final List<AnnotatedSagaManager<?>> sagas = new ArrayList<>();
    final Parts parts;

    Program(Parts parts) {
        this.parts = parts;
        aggregates.add(parts.order, List.of());
        aggregates.add(parts.payment, List.of());
        Repository<?> stockItems = aggregates.add(parts.stockItem, List.of());
        aggregates.add(InventoryParts.product(), List.of(InventoryParts.stockItems(stockItems)));
        parts.sagas.forEach(this::addSaga);
    }

    private <T> void addSaga(Class<T> type) {
        ParameterResolverFactory parameters = MultiParameterResolverFactory.ordered(
                ClasspathParameterResolverFactory.forClass(type),
                new SimpleResourceParameterResolverFactory(SagaParts.resources(sagaPost, schedule, clock)));
        SagaStates<T> repository =
                new SagaStates<>(type, new MessageSerializer(), parameters, ClasspathHandlerDefinition.forClass(type));
        states.add(repository);
        AnnotatedSagaManager.Builder<T> manager = AnnotatedSagaManager.builder();
        manager.sagaRepository(repository);
        manager.sagaType(type);
        manager.parameterResolverFactory(parameters);
        manager.sagaModel(repository.model());
        manager.listenerInvocationErrorHandler(PropagatingErrorHandler.instance());
        sagas.add(manager.build());
    }

    /** Empties everything. */
    void begin() {
        clock.set(VirtualClock.START);
        GenericEventMessage.clock = clock;
        log.clear();
        aggregates.forget();
        schedule.clear();
        states.forEach(SagaStates::clear);
    }

    /** What the program is put together of; another part in place of one is a bug put in on purpose. */
    static final class Parts {

        private final Class<?> order = OrderParts.order();
        private Class<?> payment = PaymentParts.payment();
        private Class<?> stockItem = InventoryParts.stockItem();
        private List<Class<?>> sagas = List.of(OrderProcessingSaga.class, OrderRefundSaga.class);
        private UnaryOperator<PaymentProvider> provider = UnaryOperator.identity();
        private Predicate<Object> forgotten = command -> false;
        private boolean timeless;

        Parts payment(Class<?> type) {
            payment = type;
            return this;
        }

        Parts stockItem(Class<?> type) {
            stockItem = type;
            return this;
        }

        Parts sagas(List<Class<?>> types) {
            sagas = types;
            return this;
        }

        Parts provider(UnaryOperator<PaymentProvider> decorator) {
            provider = decorator;
            return this;
        }

        /** Commands of the sagas that are not sent, while it looks as though they were. */
        Parts forgetting(Predicate<Object> commands) {
            forgotten = commands;
            return this;
        }

        /** Commands of the sagas do not say when they were asked. */
        Parts timeless() {
            timeless = true;
            return this;
        }

        CommandMessage<?> asSent(CommandMessage<?> command) {
            return timeless ? command.withMetaData(Map.of()) : command;
        }

        PaymentProvider decorated(PaymentProvider original) {
            return provider.apply(original);
        }

        boolean forgets(Object command) {
            return forgotten.test(command);
        }
    }
}
