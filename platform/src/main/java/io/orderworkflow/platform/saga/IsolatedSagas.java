package io.orderworkflow.platform.saga;

import static java.util.stream.Collectors.toSet;

import io.orderworkflow.platform.batch.Batch;
import io.orderworkflow.platform.batch.PassingFaultException;
import io.orderworkflow.platform.batch.Savepoints;
import io.orderworkflow.platform.saga.ParkedSequences.Sequenced;
import io.orderworkflow.platform.saga.RetryQueue.Due;
import io.orderworkflow.platform.saga.RetryQueue.EventReference;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import org.axonframework.common.transaction.TransactionManager;
import org.axonframework.config.Configuration;
import org.axonframework.eventhandling.EventMessage;
import org.axonframework.eventhandling.PropagatingErrorHandler;
import org.axonframework.eventhandling.Segment;
import org.axonframework.eventsourcing.eventstore.DomainEventStream;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.axonframework.messaging.ResultMessage;
import org.axonframework.messaging.unitofwork.BatchingUnitOfWork;
import org.axonframework.messaging.unitofwork.CurrentUnitOfWork;
import org.axonframework.messaging.unitofwork.UnitOfWork;
import org.axonframework.modelling.saga.AnnotatedSagaManager;
import org.axonframework.modelling.saga.SagaManagerSpanFactory;
import org.axonframework.modelling.saga.SagaRepository;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sagas of which one can fail without holding up the others.
 *
 * <p>The events of each sequence, such as an order's, are one part of the batch that is being handled. A part that
 * fails, whether in a handler, in writing its rows or in a command, is parked with all of its events, and the rest of
 * the batch is committed with that. Later events of a parked sequence are appended to it. It is tried again, event
 * after event, with growing intervals, and at last waits for an operator.
 *
 * <p>A fault that passes leaves no trace where it hits everybody: the batch is rolled back, and its processor waits and
 * handles it again. Where it hits only some, such as those who wait for one answer, they are parked as well, so that
 * the others need not wait; but they are tried again for as long as it takes.
 *
 * @param <T> the type of the sagas
 */
final class IsolatedSagas<T> extends AnnotatedSagaManager<T> {

    private static final Logger log = LoggerFactory.getLogger(IsolatedSagas.class);

    /** Sequences that are tried again at once. */
    private static final int AT_ONCE = 100;

    private final String name;
    private final Configuration axon;
    private final Parking parking;

    IsolatedSagas(Class<T> type, SagaRepository<T> repository, Configuration axon, Parking parking) {
        super(AnnotatedSagaManager.<T>builder()
                .sagaType(type)
                .sagaRepository(repository)
                .parameterResolverFactory(axon.parameterResolverFactory())
                .handlerDefinition(axon.handlerDefinition(type))
                .spanFactory(axon.getComponent(SagaManagerSpanFactory.class))
                .listenerInvocationErrorHandler(PropagatingErrorHandler.instance()));
        this.name = type.getSimpleName();
        this.axon = axon;
        this.parking = parking;
    }

    /**
     * A sequence is of one segment, whether there is a saga for it or not. Axon goes by the identifier of the saga,
     * and, where there is none yet, by the association: these part ways when a segment is split.
     */
    @Override
    public boolean canHandle(EventMessage<?> event, Segment segment) {
        return super.canHandle(event, segment) && (isAll(segment) || segment.matches(parking.sequenceOf(event)));
    }

    private static boolean isAll(Segment segment) {
        return segment.getMask() == 0;
    }

    @Override
    public void handle(EventMessage<?> event, Segment segment) throws Exception {
        if (canHandle(event, segment)) {
            sequences().handle(event);
        }
    }

    private Sequences sequences() {
        UnitOfWork<?> unitOfWork = CurrentUnitOfWork.get().root();
        Sequences begun = unitOfWork.getResource(resource());
        return begun != null ? begun : new Arriving(unitOfWork);
    }

    private String resource() {
        return IsolatedSagas.class.getName() + "/" + name;
    }

    private void invoke(EventMessage<?> event) throws Exception {
        super.handle(event, Segment.ROOT_SEGMENT);
    }

    /** Tries again whatever is due, as long as that gets anything further. */
    void retryDue() {
        int handled;
        do {
            handled = retry();
        } while (handled > 0);
    }

    private int retry() {
        Instant now = parking.clock().instant();
        List<Due> claimed = new ArrayList<>();
        try {
            return parking.transactions().fetchInTransaction(() -> {
                claimed.addAll(parking.queue().claim(name, now, AT_ONCE));
                return retry(claimed, now);
            });
        } catch (RuntimeException failed) {
            if (claimed.isEmpty()) {
                throw failed;
            }
            log.warn("{} parked steps of {} could not be tried; they are tried again", claimed.size(), name, failed);
            // That is no reason to count it against any one of them.
            StepFailure failure =
                    StepFailure.of(new PassingFaultException(String.valueOf(failed.getMessage()), failed));
            Map<Due, StepFailure> failures = new LinkedHashMap<>();
            claimed.forEach(due -> failures.put(due, failure));
            parking.transactions()
                    .executeInTransaction(() -> parking.queue().failedAgain(name, failures, now, parking.settings()));
            return 0;
        }
    }

    private int retry(List<Due> claimed, Instant now) {
        Map<EventMessage<?>, Due> events = new LinkedHashMap<>();
        Map<Due, StepFailure> unreadable = new LinkedHashMap<>();
        List<Due> empty = new ArrayList<>();
        for (Due due : claimed) {
            try {
                due.event().ifPresentOrElse(event -> events.put(read(event), due), () -> empty.add(due));
            } catch (RuntimeException failed) {
                if (PassingFaultException.isPassing(failed)) {
                    throw failed;
                }
                unreadable.put(due, StepFailure.of(failed));
            }
        }
        parking.queue().handled(name, empty, now);
        note(unreadable, now);
        if (events.isEmpty()) {
            return 0;
        }
        BatchingUnitOfWork<EventMessage<?>> unitOfWork = new BatchingUnitOfWork<>(List.copyOf(events.keySet()));
        unitOfWork.start();
        axon.correlationDataProviders().forEach(unitOfWork::registerCorrelationDataProvider);
        Repeated repeated = new Repeated(unitOfWork, events, now);
        ResultMessage<?> result = unitOfWork.executeWithResult(() -> {
            repeated.handle(unitOfWork.getMessage());
            return null;
        });
        if (result.isExceptional()) {
            throw new PassingFaultException(
                    "parked steps could not be tried: "
                            + result.exceptionResult().getMessage(),
                    result.exceptionResult());
        }
        return repeated.handled;
    }

    private void note(Map<Due, StepFailure> failures, Instant now) {
        parking.queue().failedAgain(name, failures, now, parking.settings());
        failures.forEach((due, failure) -> log.warn(
                "a step of {} {} failed again: {}: {}", name, due.sequence(), failure.cause(), failure.message()));
    }

    private EventMessage<?> read(EventReference reference) {
        DomainEventStream events = axon.getComponent(EventStore.class)
                .readEvents(reference.aggregateIdentifier(), reference.sequenceNumber());
        if (!events.hasNext()) {
            throw new IllegalStateException("the event is not in the event store: " + reference);
        }
        return events.next();
    }

    /** The sequences that one batch is about. */
    private abstract class Sequences {

        private final Batch batch = Batch.current();
        private final Map<String, Sequence> sequences = new LinkedHashMap<>();

        Sequences(UnitOfWork<?> unitOfWork) {
            unitOfWork.resources().put(resource(), this);
            batch.onSettled(this::settled);
        }

        final void handle(EventMessage<?> event) throws Exception {
            handle(parking.sequenceOf(event), event);
        }

        void handle(String sequence, EventMessage<?> event) throws Exception {
            sequences
                    .computeIfAbsent(
                            sequence, key -> new Sequence(batch.addPart(parking.savepoints()), new ArrayList<>()))
                    .handle(event);
        }

        Stream<Map.Entry<String, Sequence>> all() {
            return sequences.entrySet().stream();
        }

        abstract void settled();
    }

    /** Part of a batch. Once it has failed, its events are only gathered. */
    private final class Sequence {

        private final Batch.Part part;
        private final List<EventMessage<?>> events;

        Sequence(Batch.Part part, List<EventMessage<?>> events) {
            this.part = part;
            this.events = events;
        }

        void handle(EventMessage<?> event) throws Exception {
            events.add(event);
            if (part.failure().isEmpty()) {
                part.handle(() -> {
                    invoke(event);
                    return null;
                });
            }
        }
    }

    /** Events that a processor hands over. */
    private final class Arriving extends Sequences {

        private final Set<String> parked;
        private final List<Sequenced> appended = new ArrayList<>();

        Arriving(UnitOfWork<?> unitOfWork) {
            super(unitOfWork);
            Stream<?> messages = unitOfWork instanceof BatchingUnitOfWork<?> batching
                    ? batching.getMessages().stream()
                    : Stream.of(unitOfWork.getMessage());
            parked = parking.parked()
                    .among(
                            name,
                            messages.filter(EventMessage.class::isInstance)
                                    .map(message -> parking.sequenceOf((EventMessage<?>) message))
                                    .collect(toSet()));
        }

        @Override
        void handle(String sequence, EventMessage<?> event) throws Exception {
            if (parked.contains(sequence)) {
                appended.add(new Sequenced(sequence, event));
            } else {
                super.handle(sequence, event);
            }
        }

        @Override
        void settled() {
            Instant now = parking.clock().instant();
            Map<String, StepFailure> failures = new LinkedHashMap<>();
            all().forEach(entry -> entry.getValue().part.failure().ifPresent(failure -> {
                failures.put(entry.getKey(), StepFailure.of(failure));
                entry.getValue().events.forEach(event -> appended.add(new Sequenced(entry.getKey(), event)));
                log.warn("a step of {} {} failed; it is tried again", name, entry.getKey(), failure);
            }));
            parking.parked()
                    .park(name, failures, now, now.plus(parking.settings().intervalAfter(1)));
            parking.parked().append(name, appended);
        }
    }

    /** Events that were parked, one of each sequence. */
    private final class Repeated extends Sequences {

        private final Map<EventMessage<?>, Due> dues;
        private final Instant now;
        private int handled;

        Repeated(UnitOfWork<?> unitOfWork, Map<EventMessage<?>, Due> dues, Instant now) {
            super(unitOfWork);
            this.dues = dues;
            this.now = now;
        }

        @Override
        void settled() {
            List<Due> succeeded = new ArrayList<>();
            Map<Due, StepFailure> failures = new LinkedHashMap<>();
            all().forEach(entry -> entry.getValue().events.forEach(event -> {
                Due due = dues.get(event);
                entry.getValue()
                        .part
                        .failure()
                        .ifPresentOrElse(
                                failure -> failures.put(due, StepFailure.of(failure)), () -> succeeded.add(due));
            }));
            parking.queue().handled(name, succeeded, now);
            note(failures, now);
            handled = succeeded.size();
        }
    }

    /**
     * What it takes to park.
     *
     * @param sequences the sequence that an event belongs to
     * @param parked where sequences are parked
     * @param queue those that are to be tried again
     * @param savepoints of the transactions in which batches are handled
     * @param transactions in which steps are tried again
     * @param settings how often, and at which intervals
     * @param clock tells when
     */
    record Parking(
            Function<EventMessage<?>, String> sequences,
            ParkedSequences parked,
            RetryQueue queue,
            Savepoints savepoints,
            TransactionManager transactions,
            SagaParkingSettings settings,
            Clock clock) {

        String sequenceOf(EventMessage<?> event) {
            return sequences.apply(event);
        }
    }
}
