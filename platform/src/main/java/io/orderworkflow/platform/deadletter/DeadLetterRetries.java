package io.orderworkflow.platform.deadletter;

import io.orderworkflow.platform.batch.TransientFaults;
import io.orderworkflow.platform.deadletter.DueLetters.Due;
import io.orderworkflow.platform.deadletter.DueLetters.Waiting;
import io.orderworkflow.platform.projection.GenerationLock;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.axonframework.common.transaction.TransactionManager;
import org.axonframework.config.EventProcessingConfiguration;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.eventhandling.EventMessage;
import org.axonframework.eventhandling.EventMessageHandler;
import org.axonframework.eventhandling.EventProcessor;
import org.axonframework.eventhandling.GenericTrackedDomainEventMessage;
import org.axonframework.eventhandling.SimpleEventHandlerInvoker;
import org.axonframework.eventsourcing.eventstore.DomainEventStream;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.axonframework.messaging.ResultMessage;
import org.axonframework.messaging.deadletter.DeadLetter;
import org.axonframework.messaging.unitofwork.DefaultUnitOfWork;
import org.axonframework.messaging.unitofwork.UnitOfWork;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * Tries parked sequences again whose time has come: their letters in order, each with its changes written at once, until
 * there is none any more, or one fails again. All of it in one transaction, and one node at a time.
 *
 * <p>Events are read from the event store again: what was corrected there, or in how they are read, is seen.
 */
final class DeadLetterRetries {

    private static final Logger log = LoggerFactory.getLogger(DeadLetterRetries.class);

    private static final int AT_ONCE = 100;

    private final DueLetters letters;
    private final Supplier<EventProcessingConfiguration> processing;
    private final Supplier<EventStore> events;
    private final TransactionManager transactions;
    private final JdbcTemplate jdbc;
    private final Clock clock;

    DeadLetterRetries(
            DueLetters letters,
            Supplier<EventProcessingConfiguration> processing,
            Supplier<EventStore> events,
            TransactionManager transactions,
            JdbcTemplate jdbc,
            Clock clock) {
        this.letters = letters;
        this.processing = processing;
        this.events = events;
        this.transactions = transactions;
        this.jdbc = jdbc;
        this.clock = clock;
    }

    /** Tries whatever is due of the processors that run on this node. Those that are paused write nothing. */
    void retryDue() {
        List<String> running = processing.get().eventProcessors().values().stream()
                .filter(EventProcessor::isRunning)
                .map(EventProcessor::getName)
                .filter(name -> processing.get().deadLetterQueue(name).isPresent())
                .toList();
        if (!running.isEmpty()) {
            letters.due(running, clock.instant(), AT_ONCE).forEach(this::retry);
        }
    }

    private void retry(Due due) {
        UnitOfWork<?> retry = DefaultUnitOfWork.startAndGet(null);
        retry.attachTransaction(transactions);
        ResultMessage<?> result = retry.executeWithResult(() -> {
            // Which tables a processor writes to, and which letters are its own, must not change meanwhile.
            GenerationLock.share(jdbc);
            if (letters.claim(due)) {
                handleAll(due);
            }
            return null;
        });
        if (result.isExceptional()) {
            log.info(
                    "{} {} is tried again later, for a fault that passes",
                    due.processor(),
                    due.sequence(),
                    result.exceptionResult());
            letters.putOff(due, clock.instant());
        }
    }

    private void handleAll(Due due) {
        for (Optional<Waiting> next = letters.next(due); next.isPresent(); next = letters.next(due)) {
            Waiting letter = next.get();
            Optional<Throwable> failure = handle(due, letter);
            if (failure.isPresent()) {
                Throwable cause = failure.get();
                if (TransientFaults.isTransient(cause)) {
                    throw new IllegalStateException("a fault that passes: " + cause.getMessage(), cause);
                }
                log.info(
                        "an event of {} {} could not be handled this time either",
                        due.processor(),
                        due.sequence(),
                        cause);
                letters.failedAgain(letter, cause, clock.instant());
                return;
            }
            letters.handled(letter);
        }
    }

    private Optional<Throwable> handle(Due due, Waiting letter) {
        EventMessage<?> event;
        try {
            event = event(due, letter);
        } catch (RuntimeException unreadable) {
            return Optional.of(unreadable);
        }
        ResultMessage<?> result = DefaultUnitOfWork.startAndGet(event).executeWithResult(() -> {
            for (EventMessageHandler handler : handlers(due.processor())) {
                handler.handle(event);
            }
            return null;
        });
        return result.isExceptional() ? Optional.of(result.exceptionResult()) : Optional.empty();
    }

    private List<EventMessageHandler> handlers(String processor) {
        return processing
                .get()
                .sequencedDeadLetterProcessor(processor)
                .filter(SimpleEventHandlerInvoker.class::isInstance)
                .map(invoker -> ((SimpleEventHandlerInvoker) invoker).eventHandlers())
                .orElseThrow(() -> new IllegalStateException(processor + " has no handlers here"));
    }

    private EventMessage<?> event(Due due, Waiting letter) {
        if (letter.aggregateIdentifier() == null) {
            return parkedWith(due, letter);
        }
        DomainEventStream stream = events.get().readEvents(letter.aggregateIdentifier(), letter.sequenceNumber());
        if (!stream.hasNext()) {
            throw new IllegalStateException("event %d of %s is not in the event store"
                    .formatted(letter.sequenceNumber(), letter.aggregateIdentifier()));
        }
        DomainEventMessage<?> event = stream.next();
        return letter.token() == null ? event : new GenericTrackedDomainEventMessage<>(letter.token(), event);
    }

    /** An event of no aggregate is in the letter alone. */
    private EventMessage<?> parkedWith(Due due, Waiting letter) {
        for (DeadLetter<? extends EventMessage<?>> parked :
                processing.get().deadLetterQueue(due.processor()).orElseThrow().deadLetterSequence(due.sequence())) {
            if (parked.message().getIdentifier().equals(letter.eventIdentifier())) {
                return parked.message();
            }
        }
        throw new IllegalStateException("the letter of " + letter.eventIdentifier() + " cannot be read");
    }
}
