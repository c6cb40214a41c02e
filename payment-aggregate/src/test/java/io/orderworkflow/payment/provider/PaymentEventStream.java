package io.orderworkflow.payment.provider;

import io.orderworkflow.api.PaymentId;
import io.orderworkflow.api.payment.PaymentEvent;
import io.orderworkflow.payment.PaymentDatabase;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.axonframework.eventhandling.AnnotationEventHandlerAdapter;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.eventhandling.EventMessage;
import org.axonframework.eventhandling.GenericDomainEventMessage;
import org.axonframework.messaging.ResultMessage;
import org.axonframework.messaging.unitofwork.BatchingUnitOfWork;
import org.axonframework.messaging.unitofwork.RollbackConfigurationType;
import org.axonframework.spring.messaging.unitofwork.SpringTransactionManager;

/** Hands events to the handler under test as an event processor does: a batch in one unit of work and transaction. */
final class PaymentEventStream {

    static final Map<String, String> META_DATA =
            Map.of("correlationId", "request-1", "causationId", "a-command", "userId", "ada", "source", "test");

    private final PaymentDatabase database;
    private final Map<PaymentId, Long> sequenceNumbers = new HashMap<>();

    PaymentEventStream(PaymentDatabase database) {
        this.database = database;
    }

    /** Handles a batch, and returns the messages that the events travelled in. */
    List<DomainEventMessage<?>> publish(ProviderCallWorker worker, PaymentEvent... events) {
        List<DomainEventMessage<?>> messages = messages(events);
        ResultMessage<?> result = handle(worker, messages, () -> {});
        if (result.isExceptional()) {
            throw new AssertionError("the batch was not handled", result.exceptionResult());
        }
        return messages;
    }

    /** Handles a batch that fails when all is said and done. */
    void publishButRollBack(ProviderCallWorker worker, PaymentEvent... events) {
        handle(worker, messages(events), () -> {
            throw new IllegalStateException("the token could not be stored");
        });
    }

    private List<DomainEventMessage<?>> messages(PaymentEvent... events) {
        List<DomainEventMessage<?>> messages = new ArrayList<>();
        for (PaymentEvent event : events) {
            long sequenceNumber = sequenceNumbers.merge(event.paymentId(), 0L, (last, zero) -> last + 1);
            messages.add(new GenericDomainEventMessage<>(
                    "Payment", event.paymentId().toString(), sequenceNumber, event, META_DATA));
        }
        return messages;
    }

    private ResultMessage<?> handle(
            ProviderCallWorker worker, List<DomainEventMessage<?>> messages, Runnable afterPreparation) {
        AnnotationEventHandlerAdapter handler = new AnnotationEventHandlerAdapter(worker.intake());
        BatchingUnitOfWork<EventMessage<?>> unitOfWork = new BatchingUnitOfWork<>(List.copyOf(messages));
        unitOfWork.start();
        unitOfWork.attachTransaction(new SpringTransactionManager(database.transactionManager()));
        return unitOfWork.executeWithResult(
                () -> {
                    Object handled = handler.handle(unitOfWork.getMessage());
                    if (unitOfWork.isLastMessage()) {
                        unitOfWork.onPrepareCommit(preparing -> afterPreparation.run());
                    }
                    return handled;
                },
                RollbackConfigurationType.ANY_THROWABLE);
    }
}
